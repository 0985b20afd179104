// What the page says, in English and Korean.

const WORDS = {
  incidents: ["Incidents", "사건"],
  list: ["List", "목록"],
  key: ["Layers and key", "레이어·범례"],
  map: ["Map", "지도"],
  mapLabel: ["Map. Arrow keys move it, plus and minus zoom.", "지도. 화살표 키로 이동, +와 -로 확대·축소."],
  search: ["Search the incidents", "제목·장소·출처 검색"],
  searchNewest: ["Search the newest {m}", "최근 {m}건에서 검색"],
  clearSearch: ["Clear the search", "검색 지우기"],
  zoomIn: ["Zoom in", "확대"],
  zoomOut: ["Zoom out", "축소"],
  home: ["Show the whole map", "전체 보기"],
  fullscreen: ["Full screen", "전체 화면"],
  theme: ["Light or dark", "밝게·어둡게"],
  language: ["Language", "언어"],
  print: ["Print", "인쇄"],
  share: ["Copy a link to this view", "현재 화면 링크 복사"],
  copied: ["Link copied", "링크를 복사했습니다"],
  inAddress: ["The address bar holds the link", "주소 표시줄의 링크를 복사하세요"],
  close: ["Close", "닫기"],
  back: ["All incidents", "전체 사건"],
  previous: ["Previous incident", "이전 사건"],
  next: ["Next incident", "다음 사건"],
  showOnMap: ["Show on the map", "지도에서 보기"],
  byKind: ["Kind of incident", "사건 유형"],
  bySide: ["Side of the line", "분계선 기준 위치"],
  byZone: ["Zone", "구역"],
  onTheMap: ["On the map", "지도 표시"],
  all: ["all", "전체"],
  noneOf: ["none", "해제"],
  line: ["Demarcation line", "분계선"],
  zones: ["Zones along the line", "분계선 주변 구역"],
  points: ["Known to a place", "지점이 알려진 사건"],
  areas: ["Known only to an area", "지역만 알려진 사건"],
  uncertainty: ["Doubt about the place (95 %)", "위치 오차 범위(95%)"],
  places: ["Place names", "지명"],
  heat: ["Density", "밀도"],
  cells: ["Counts by square", "격자별 건수"],
  singles: ["The newest, one by one", "최근 사건(개별)"],
  cellsKey: ["Incidents in each square of {d}", "{d} 격자별 사건 수"],
  cellsNone: ["No incident fits.", "조건에 맞는 사건이 없습니다."],
  inCell: ["{n} incidents in this square", "이 격자의 사건 {n}건", "{n} incident in this square"],
  openCell: ["Click to zoom in", "눌러서 확대"],
  shownCells: ["{n} of {all} incidents; {m} listed", "사건 {all}건 중 {n}건, 목록 {m}건"],
  shownAllCells: ["{all} incidents; the newest {m} listed", "사건 {all}건, 최근 {m}건 목록"],
  nothingNewest: ["None of the newest {m} fits. The older ones are in the counts alone.", "최근 {m}건 중에는 없습니다. 그 이전 사건은 건수로만 표시됩니다."],
  foundCells: ["{n} found among the newest {m}", "최근 {m}건에서 {n}건 찾음"],
  noneOpen: ["None of them is among those that can be opened.", "열어 볼 수 있는 사건이 없습니다."],
  unsure: ["Side unsure", "불확실"],
  none: ["No side told", "판정 없음"],
  noZone: ["Outside any zone", "구역 밖"],
  border_area: ["Within 10 km of the line", "분계선 10km 이내"],
  estuary: ["Han River estuary", "한강 하구"],
  dmz: ["Demilitarized Zone", "비무장지대"],
  dmz_north: ["DMZ, northern half", "비무장지대(북측)"],
  dmz_south: ["DMZ, southern half", "비무장지대(남측)"],
  shown: ["{n} of {all} incidents", "사건 {all}건 중 {n}건", "{n} of {all} incident"],
  shownAll: ["{all} incidents", "사건 {all}건", "{all} incident"],
  nothing: ["No incident fits. Widen the time, or switch layers on.", "조건에 맞는 사건이 없습니다. 기간을 넓히거나 레이어를 켜 보세요."],
  reset: ["Show all", "모두 보기"],
  notOnMap: ["Not on the map: no place is known", "지도에 없음: 장소 미상"],
  noPlace: ["no place known", "장소 미상"],
  download: ["Download", "내려받기"],
  play: ["Play through time", "시간순 재생"],
  pause: ["Pause", "일시 정지"],
  stepBack: ["One step back", "한 단계 뒤로"],
  stepOn: ["One step on", "한 단계 앞으로"],
  allTime: ["All dates", "전체 기간"],
  from: ["From", "시작"],
  to: ["To", "끝"],
  timeline: ["Timeline", "시간축"],
  window: ["Time window", "기간 이동"],
  undated: ["{n} without a date", "날짜 미상 {n}건"],
  exactDay: ["dated to the day", "일 단위 확인"],
  roughDay: ["week, month or year only", "주·월·연 단위"],
  precisionDay: ["known to the day", "일 단위"],
  precisionWeek: ["known to the week", "주 단위"],
  precisionMonth: ["known to the month", "월 단위"],
  precisionYear: ["known to the year", "연 단위"],
  precisionUnknown: ["date not known", "날짜 미상"],
  place: ["Place", "장소"],
  asWritten: ["written “{words}”", "원문 “{words}”"],
  within: ["within {d} (95 %)", "반경 {d} 이내(95%)"],
  exact: ["exact position", "정확한 위치"],
  near: ["near", "인근"],
  placeP: ["a place", "지점"],
  district: ["a district", "시·군·구"],
  province: ["a province", "도"],
  country: ["a country", "국가"],
  area: ["an area", "지역"],
  water: ["waters", "수역"],
  asArea: ["known only to this area: drawn as the area, not as a point", "지역만 알려짐: 점이 아니라 지역으로 표시"],
  side: ["Side", "위치"],
  probably: ["{side} ({p})", "{side} ({p})"],
  unsureWhich: ["Unsure", "불확실"],
  distance: ["Distance to the line", "분계선까지 거리"],
  zone: ["Zone", "구역"],
  inZone: ["{p} inside the zone", "구역 안 확률 {p}"],
  claim: ["The report says", "보도 내용"],
  crossed_line: ["the line was crossed", "분계선을 넘음"],
  inside_dmz: ["inside the zone", "비무장지대 안"],
  north_side: ["on the north side", "북측"],
  south_side: ["on the south side", "남측"],
  agrees: ["the position agrees", "위치와 일치"],
  contradicts: ["the position contradicts it", "위치와 모순"],
  cannot_tell: ["the position cannot tell", "위치로는 판단 불가"],
  who: ["Who", "주체"],
  direction: ["Direction", "방향"],
  north_to_south: ["north to south", "북에서 남으로"],
  south_to_north: ["south to north", "남에서 북으로"],
  numbers: ["Numbers", "수치"],
  evidence: ["Evidence", "근거"],
  source: ["Source", "출처"],
  claimedBy: ["Said by", "발표·주장"],
  mayAlso: ["May also be", "다른 가능성"],
  more: ["More from the record", "추가 정보"],
  here: ["{n} incidents here", "이곳의 사건 {n}건", "{n} incident here"],
  inArea: ["{n} known only to this area", "이 지역의 사건 {n}건"],
  lineAs: ["Line as published by {who}.", "분계선 자료: {who}."],
  data: ["Data", "자료"],
  loading: ["Reading the map …", "지도를 읽는 중 …"],
  failed: ["The map's data cannot be read: {why}", "지도 자료를 읽을 수 없습니다: {why}"],
  printList: ["The incidents shown", "표시된 사건"],
  andMore: ["and {n} more", "외 {n}건"],
  results: ["Incidents shown", "표시된 사건 수"],
  scale: ["Scale", "축척"],
  noSource: ["The record names no source.", "출처 없음."],
  family: ["Group", "분류"],
};

export function speaker(lang) {
  const index = lang === "ko" ? 1 : 0;
  const say = (name, facts) => {
    if (!Object.hasOwn(WORDS, name)) return name;
    const [one, words] = [WORDS[name][2], WORDS[name][index]];
    const text = one && index === 0 && (facts?.all ?? facts?.n) === "1" ? one : words;
    return facts ? text.replace(/\{(\w+)\}/g, (_, key) => facts[key]) : text;
  };
  say.has = (name) => Object.hasOwn(WORDS, name);
  say.lang = lang;
  say.names = Object.keys(WORDS);
  say.number = sayNumber;
  say.distance = sayDistance;
  say.share = sayShare;
  say.both = (thing) => (lang === "ko" ? thing.ko || thing.en : thing.en);
  say.label = (style) => (lang === "ko" ? style.label_ko : style.label_en);
  return say;
}

// As English and Korean both write them; setting up Intl takes longer than drawing the map.
export function sayNumber(value) {
  if (!(Math.abs(value) < 1e15)) return new Intl.NumberFormat("en-GB").format(value);
  const [whole, part] = String(Math.round(Math.abs(value) * 1000) / 1000).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value < 0 ? "-" : ""}${grouped}${part ? `.${part}` : ""}`;
}

// Three figures at most: a reported distance is never known better.
function sayDistance(metres) {
  const m = Math.abs(metres);
  if (m < 1000) return `${sayNumber(Math.round(m / (m < 100 ? 1 : 10)) * (m < 100 ? 1 : 10))} m`;
  const km = m / 1000;
  return `${sayNumber(km < 10 ? Math.round(km * 10) / 10 : Math.round(km))} km`;
}

function sayShare(p) {
  if (p >= 0.9995) return "> 99.9 %";
  if (p <= 0.0005) return "< 0.1 %";
  const percent = p * 100;
  return `${percent > 99 || percent < 1 ? percent.toFixed(1) : Math.round(percent)} %`;
}

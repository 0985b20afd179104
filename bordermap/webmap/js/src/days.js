// Days since 1970, told as exactly as they are known, in English and Korean.

const DAY_MS = 86400000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export function parts(day) {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), date: date.getUTCDate() };
}

export const dayOf = (year, month, date = 1) => {
  const time = new Date(0);
  time.setUTCFullYear(year, month, date); // Date.UTC takes the years 0 to 99 for 1900 to 1999
  return Math.round(time.getTime() / DAY_MS);
};

export const isoDay = (day) => {
  const { year, month, date } = parts(day);
  return `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
};

export function parseDay(text) {
  const found = /^(-?\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
  return found ? dayOf(Number(found[1]), Number(found[2]) - 1, Number(found[3])) : null;
}

export const monthName = (month, lang, short = false) => {
  if (lang === "ko") return `${month + 1}월`;
  return short ? MONTHS[month].slice(0, 3) : MONTHS[month];
};

function english(day, style) {
  const { year, month, date } = parts(day);
  const name = monthName(month, "en", style.short);
  if (style.unit === "year") return String(year);
  if (style.unit === "month") return `${name} ${year}`;
  return style.bare ? `${date} ${name}` : `${date} ${name} ${year}`;
}

function korean(day, style) {
  const { year, month, date } = parts(day);
  if (style.unit === "year") return `${year}년`;
  if (style.unit === "month") return `${year}년 ${month + 1}월`;
  return style.bare ? `${month + 1}월 ${date}일` : `${year}년 ${month + 1}월 ${date}일`;
}

export const sayDay = (day, lang, style = {}) => (lang === "ko" ? korean : english)(day, style);

// "20 June 2024", "1–20 June 2024", "June 2024", "2015".
export function sayRange(start, end, precision, lang, short = false) {
  if (start === null) return lang === "ko" ? "날짜 미상" : "Date not known";
  const a = parts(start);
  const b = parts(end ?? start);
  const style = { short };
  const sameMonth = a.year === b.year && a.month === b.month;
  if (end === null || end === start) return sayDay(start, lang, style);
  const wholeMonth = sameMonth && a.date === 1 && parts(end + 1).date === 1;
  const wholeYear = a.year === b.year && a.month === 0 && a.date === 1 && b.month === 11 && b.date === 31;
  if (wholeMonth) return sayDay(start, lang, { unit: "month", short });
  if (wholeYear) return sayDay(start, lang, { unit: "year" });
  if (sameMonth) {
    if (lang === "ko") return `${korean(start, style).slice(0, -1)}–${b.date}일`;
    return `${a.date}–${english(end, style)}`;
  }
  if (a.year === b.year) {
    if (lang === "ko") return `${korean(start, style)}–${korean(end, { bare: true })}`;
    return `${english(start, { ...style, bare: true })} – ${english(end, style)}`;
  }
  return `${sayDay(start, lang, style)} – ${sayDay(end, lang, style)}`;
}

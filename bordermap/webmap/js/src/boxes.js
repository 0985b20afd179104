// Boxes that are taken, so that names and signs do not cover each other.

export class Boxes {
  constructor(cell = 64) {
    this.cell = cell;
    this.grid = new Map();
  }

  * cells([x0, y0, x1, y1]) {
    const { cell } = this;
    for (let i = Math.floor(x0 / cell); i <= Math.floor(x1 / cell); i++) {
      for (let j = Math.floor(y0 / cell); j <= Math.floor(y1 / cell); j++) yield i * 100003 + j;
    }
  }

  isFree(box) {
    for (const key of this.cells(box)) {
      for (const other of this.grid.get(key) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const key of this.cells(box)) {
      if (!this.grid.has(key)) this.grid.set(key, []);
      this.grid.get(key).push(box);
    }
  }

  // Takes the box if it is free, and says whether it was.
  claim(box) {
    if (!this.isFree(box)) return false;
    this.take(box);
    return true;
  }
}

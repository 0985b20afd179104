export class Ground { constructor(pack) { this.pack = pack; } draw() {} drawNames() {} }

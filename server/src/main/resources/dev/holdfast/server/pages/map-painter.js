import d3 from "./d3.js";
import { MARKS } from "./marks.js";
import { EARTH_KM, degreesOf, woundRegion } from "./sphere.js";

const COLOURS = ["paper", "paper-2", "ink", "ink-2", "ink-3", "line", "proved", "unproven", "refuted", "attention", "claim"];
/** Marks whose colour has the name of another. */
const TOKENS = { silent: "unproven", refused: "refuted", advised: "ink" };
const GRATICULE = d3.geoGraticule().step([30, 30])();
const FONT = "12px";
const ROUGH_BELOW = 1200;

/** Draws a map on a canvas: land, bounds, region, claim and marks, in the colours of the tokens. */
export class MapPainter {
  #canvas;
  #context;
  #colours = {};
  #font = "sans-serif";
  #labels = [];

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
  }

  /** Begins a picture of this view, `{longitude, latitude, scale}`, where scale is pixels for one radius of the Earth. */
  begin(width, height, { longitude, latitude, scale }) {
    const ratio = globalThis.devicePixelRatio || 1;
    if (this.#canvas.width !== Math.round(width * ratio) || this.#canvas.height !== Math.round(height * ratio)) {
      this.#canvas.width = Math.round(width * ratio);
      this.#canvas.height = Math.round(height * ratio);
    }
    const style = getComputedStyle(this.#canvas);
    this.#colours = Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    this.#font = `${FONT} ${style.fontFamily}`;
    this.width = width;
    this.height = height;
    this.scale = scale;
    this.projection = projectionOf(width, height, { longitude, latitude, scale });
    this.path = d3.geoPath(this.projection, this.#context);
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#context.clearRect(0, 0, width, height);
    this.#context.lineJoin = "round";
    this.#labels = [];
  }

  /** Ends it: writes the labels, the weightiest first, and leaves out those that would cover another. */
  end() {
    this.#scaleBar();
    const taken = [];
    for (const label of this.#labels.sort((one, other) => other.weight - one.weight)) {
      const box = this.#boxOf(label);
      if (taken.every((other) => apart(box, other))) {
        taken.push(box);
        this.#write(label.text, box.left, label.y, label.colour);
      }
    }
  }

  ground(land) {
    const context = this.#context;
    this.#stroke({ type: "Sphere" }, "ink-3", 0.8, 0.7);
    this.#stroke(GRATICULE, "ink-3", 0.6, 0.2);
    if (land) {
      context.beginPath();
      this.path(this.scale < ROUGH_BELOW ? land.rough : land.fine);
      context.fillStyle = this.#colours["paper-2"];
      context.fill();
      this.#finish("ink-3", 0.6, 0.6);
    }
  }

  region(region, kind, simulated) {
    const outline = region && woundRegion(region);
    if (!outline || region.empty) {
      return;
    }
    const context = this.#context;
    context.beginPath();
    this.path(outline);
    context.globalAlpha = 0.18;
    context.fillStyle = this.#colours[kind];
    context.fill("evenodd");
    if (simulated) {
      context.globalAlpha = 0.35;
      context.fillStyle = this.#hatch(kind);
      context.fill("evenodd");
    }
    context.globalAlpha = 1;
    this.#stroke({ type: "MultiLineString", coordinates: outline.coordinates.flat() }, kind, 1.5, 1);
  }

  bound({ longitude, latitude, boundKm, binding }) {
    const degrees = degreesOf(boundKm);
    if (degrees < 179) {
      const circle = d3.geoCircle().center([longitude, latitude]).radius(degrees).precision(1)();
      const line = { type: "LineString", coordinates: circle.coordinates[0] };
      this.#stroke(line, binding ? "ink-2" : "ink-3", binding ? 1 : 0.7, binding ? 0.9 : 0.35);
    }
  }

  claim({ longitude, latitude, radiusKm }) {
    if (radiusKm > 0) {
      const circle = d3.geoCircle().center([longitude, latitude]).radius(degreesOf(radiusKm)).precision(1)();
      this.#context.setLineDash([4, 3]);
      this.#stroke({ type: "LineString", coordinates: circle.coordinates[0] }, "claim", 1, 0.8);
      this.#context.setLineDash([]);
    }
    const at = this.place(longitude, latitude);
    if (at) {
      this.mark("claim", at, 1.3);
    }
  }

  /** The shortest way between two places; dashed where nothing is known of it. */
  way(from, to, dashed) {
    const line = { type: "LineString", coordinates: [from, to] };
    this.#context.setLineDash([]);
    this.#stroke(line, "paper", 4, 0.8);
    this.#context.setLineDash(dashed ? [6, 5] : []);
    this.#stroke(line, "ink-2", 1.5, 1);
    this.#context.setLineDash([]);
  }

  /** A landmark; its name is written where it has a weight. */
  landmark({ longitude, latitude, name }, weight) {
    const at = this.place(longitude, latitude);
    if (!at) {
      return;
    }
    const context = this.#context;
    context.beginPath();
    context.moveTo(at[0], at[1] - 4);
    context.lineTo(at[0] + 4, at[1] + 3);
    context.lineTo(at[0] - 4, at[1] + 3);
    context.closePath();
    context.fillStyle = this.#colours.paper;
    context.fill();
    this.#finish("ink-2", 1, 1);
    if (weight) {
      this.label(name, [at[0] + 8, at[1]], "ink-2", weight);
    }
  }

  /** One of the marks, with a rim of paper so that it stands out on land and lines; simulated ones on a hatched disc. */
  mark(kind, [x, y], size, simulated) {
    const context = this.#context;
    const { path, filled, dashes } = MARKS[kind];
    const shape = new Path2D(path);
    context.save();
    context.translate(x, y);
    if (simulated) {
      context.beginPath();
      context.arc(0, 0, 8 * size, 0, 2 * Math.PI);
      context.fillStyle = this.#colours.paper;
      context.fill();
      context.fillStyle = this.#hatch("ink-3");
      context.globalAlpha = 0.6;
      context.fill();
      context.globalAlpha = 1;
    }
    context.scale(size, size);
    const colour = TOKENS[kind] ?? kind;
    context.lineWidth = filled ? 3 : 4.5;
    context.strokeStyle = this.#colours.paper;
    context.stroke(shape);
    if (filled) {
      context.fillStyle = this.#colours[colour];
      context.fill(shape);
    } else {
      context.lineWidth = 2;
      context.setLineDash(dashes ?? []);
      context.strokeStyle = this.#colours[colour];
      context.stroke(shape);
    }
    context.restore();
  }

  /** A small triangle with a number at the upper right of a mark: what asks for attention there; a cross where leases were refused. */
  badge([x, y], cases, refused) {
    if (cases) {
      this.mark("attention", [x + 10, y - 10], 0.9);
      this.label(String(cases), [x + 17, y - 18], "ink-2", 2);
    }
    if (refused) {
      this.mark("refused", [x + 10, y + 10], 0.8);
    }
  }

  /** A text beside a mark; `weight` says which of two goes where there is room for one. */
  label(text, [x, y], colour, weight) {
    this.#labels.push({ text, x, y, colour, weight });
  }

  #boxOf({ text, x, y }) {
    this.#context.font = this.#font;
    const { width } = this.#context.measureText(text);
    // At the right edge a label goes to the other side of its mark.
    const left = x + width > this.width - 4 ? x - width - 22 : x;
    return { left, right: left + width, top: y - 8, bottom: y + 8 };
  }

  #write(text, x, y, colour) {
    const context = this.#context;
    context.font = this.#font;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineWidth = 3;
    context.strokeStyle = this.#colours.paper;
    context.strokeText(text, x, y);
    context.fillStyle = this.#colours[colour];
    context.fillText(text, x, y);
  }

  /** North is up; this says how long a kilometre is at the centre. */
  #scaleBar() {
    const kilometre = this.scale / EARTH_KM;
    const most = 120 / kilometre;
    const power = 10 ** Math.floor(Math.log10(most));
    const length = [5, 2, 1].map((step) => step * power).find((step) => step <= most);
    const context = this.#context;
    const y = this.height - 16;
    const end = 16 + length * kilometre;
    context.beginPath();
    context.moveTo(16, y - 4);
    context.lineTo(16, y);
    context.lineTo(end, y);
    context.lineTo(end, y - 4);
    this.#finish("ink-2", 1, 1);
    this.#write(`${length.toLocaleString("en")} km`, end + 6, y - 3, "ink-2");
  }

  /** Where a place is on the canvas, or null where it is behind the horizon or out of view. */
  place(longitude, latitude) {
    // Only a projection's stream clips; the projection itself answers for the far side too.
    let found = null;
    const sink = { point: (x, y) => (found = [x, y]) };
    d3.geoStream({ type: "Point", coordinates: [longitude, latitude] }, this.projection.stream(sink));
    return found;
  }

  #stroke(shape, colour, width, alpha) {
    this.#context.beginPath();
    this.path(shape);
    this.#finish(colour, width, alpha);
  }

  #finish(colour, width, alpha) {
    const context = this.#context;
    context.globalAlpha = alpha;
    context.strokeStyle = this.#colours[colour];
    context.lineWidth = width;
    context.stroke();
    context.globalAlpha = 1;
  }

  #hatch(colour) {
    const tile = new OffscreenCanvas(6, 6);
    const context = tile.getContext("2d");
    context.strokeStyle = this.#colours[colour];
    context.lineWidth = 1;
    context.beginPath();
    for (const shift of [-6, 0, 6]) {
      context.moveTo(shift - 1, 7);
      context.lineTo(shift + 7, -1);
    }
    context.stroke();
    return this.#context.createPattern(tile, "repeat");
  }
}

function apart(one, other) {
  const beside = one.right < other.left || one.left > other.right;
  return beside || one.bottom < other.top || one.top > other.bottom;
}

/** The globe seen from far away, cut to what the view holds, so that coasts out of sight cost nothing. */
export function projectionOf(width, height, { longitude, latitude, scale }) {
  const reach = Math.asin(Math.min(1, Math.hypot(width, height) / 2 / scale)) * (180 / Math.PI);
  return d3
    .geoOrthographic()
    .rotate([-longitude, -latitude])
    .translate([width / 2, height / 2])
    .scale(scale)
    .clipAngle(Math.min(90, reach * 1.2 + 0.05))
    .clipExtent([
      [-8, -8],
      [width + 8, height + 8],
    ])
    .precision(0.4);
}

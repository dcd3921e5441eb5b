import { request } from "./api.js";
import { same, sha256 } from "./bytes.js";

const NODE = Uint8Array.of(1);
const HASH = 32;
const TILE = 256;
const TILE_HEIGHT = 8;

/**
 * The hashes of a log's tree of `size` entries, read from its tiles (C2SP tlog-tiles). What they hold is the server's
 * word: only a proof that leads to a signed root makes something of it.
 */
export class TileHashes {
  #size;
  #tiles = new Map();

  constructor(size) {
    this.#size = size;
  }

  /** The hash over the entries from `low` up to and without `high`, as RFC 9162 divides them (section 2.1.1). */
  async range(low, high) {
    const width = high - low;
    if (Number.isInteger(Math.log2(width)) && low % width === 0) {
      return this.#node(Math.log2(width), low / width);
    }
    const split = low + largestPowerBelow(width);
    return sha256(NODE, await this.range(low, split), await this.range(split, high));
  }

  async #node(height, index) {
    const level = Math.floor(height / TILE_HEIGHT);
    const count = 2 ** (height - level * TILE_HEIGHT);
    const first = index * count;
    const tile = await this.#tile(level, Math.floor(first / TILE));
    let row = Array.from({ length: count }, (_, place) => {
      const at = ((first % TILE) + place) * HASH;
      return tile.subarray(at, at + HASH);
    });
    if (row.some(({ length }) => length !== HASH)) {
      throw new Error("a tile is too short");
    }
    while (row.length > 1) {
      row = await Promise.all(
        Array.from({ length: row.length / 2 }, (_, pair) => sha256(NODE, row[2 * pair], row[2 * pair + 1])),
      );
    }
    return row[0];
  }

  #tile(level, index) {
    const key = `${level}/${index}`;
    if (!this.#tiles.has(key)) {
      this.#tiles.set(key, this.#fetch(level, index));
    }
    return this.#tiles.get(key);
  }

  async #fetch(level, index) {
    const width = Math.min(TILE, Math.floor(this.#size / TILE ** level) - index * TILE);
    const whole = `/log/tile/${level}/${tilePath(index)}`;
    try {
      return await octets(width < TILE ? `${whole}.p/${width}` : whole);
    } catch (failure) {
      // A partial tile gives way to the full one when the log grows.
      if (width < TILE && failure.status === 404) {
        return octets(whole);
      }
      throw failure;
    }
  }
}

async function octets(path) {
  const response = await request(path, { headers: { Accept: "application/octet-stream" } });
  return new Uint8Array(await response.arrayBuffer());
}

function tilePath(index) {
  const last = String(index % 1000).padStart(3, "0");
  const rest = Math.floor(index / 1000);
  return rest ? `${tilePath(rest).replace(/(^|\/)(\d{3})$/, "$1x$2")}/${last}` : last;
}

function largestPowerBelow(width) {
  let power = 1;
  while (power * 2 < width) {
    power *= 2;
  }
  return power;
}

/** The consistency proof between trees of two sizes, the smaller not empty (RFC 9162, section 2.1.4.1). */
export function consistencyProof(hashes, smaller, larger) {
  return part(hashes, smaller, 0, larger, true);
}

async function part(hashes, smaller, low, high, whole) {
  const width = high - low;
  if (smaller === width) {
    return whole ? [] : [await hashes.range(low, high)];
  }
  const split = largestPowerBelow(width);
  return smaller <= split
    ? [...(await part(hashes, smaller, low, low + split, whole)), await hashes.range(low + split, high)]
    : [...(await part(hashes, smaller - split, low + split, high, false)), await hashes.range(low, low + split)];
}

/** Whether a proof shows that the larger tree continues the smaller one (RFC 9162, section 2.1.4.2); roots are octets. */
export async function isConsistent(smaller, smallerRoot, larger, largerRoot, proof) {
  if (smaller === larger) {
    return proof.length === 0 && same(smallerRoot, largerRoot);
  }
  const path = Number.isInteger(Math.log2(smaller)) ? [smallerRoot, ...proof] : proof;
  let first = BigInt(smaller) - 1n;
  let second = BigInt(larger) - 1n;
  while (first % 2n === 1n) {
    first /= 2n;
    second /= 2n;
  }
  if (!path.length) {
    return false;
  }
  let [one] = path;
  let other = one;
  for (const hash of path.slice(1)) {
    if (second === 0n) {
      return false;
    }
    if (first % 2n === 1n || first === second) {
      one = await sha256(NODE, hash, one);
      other = await sha256(NODE, hash, other);
      while (first % 2n === 0n && first !== 0n) {
        first /= 2n;
        second /= 2n;
      }
    } else {
      other = await sha256(NODE, other, hash);
    }
    first /= 2n;
    second /= 2n;
  }
  return second === 0n && same(one, smallerRoot) && same(other, largerRoot);
}

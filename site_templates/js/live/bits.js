// @ts-check

/** Sets of small whole numbers, one bit each: which findings a selection holds. */

/** A set of the numbers from 0 to `size` - 1. */
export class Bits {
  /**
   * @param {number} size
   * @param {Uint32Array} [words] 32 members in each.
   */
  constructor(size, words = new Uint32Array((size + 31) >>> 5)) {
    this.size = size;
    this.words = words;
  }

  /** @param {number} size */
  static all(size) {
    const bits = new Bits(size);
    bits.words.fill(0xffffffff);
    bits.trim();
    return bits;
  }

  /** Clears what lies behind the last member. */
  trim() {
    const rest = this.size & 31;
    const last = this.words.length - 1;
    if (rest) this.words[last] = this.words[last] & (0xffffffff >>> (32 - rest));
  }

  copy() {
    return new Bits(this.size, this.words.slice());
  }

  /** @param {number} member */
  add(member) {
    this.words[member >>> 5] |= 1 << (member & 31);
  }

  /** @param {number} member */
  has(member) {
    return /** @type {number} */ (this.words[member >>> 5] & (1 << (member & 31))) !== 0;
  }

  /**
   * Keeps what the other set holds too.
   * @param {Bits} other
   */
  and(other) {
    for (let word = 0; word < this.words.length; word++) this.words[word] &= other.words[word];
    return this;
  }

  /**
   * Adds what the other set holds.
   * @param {Bits} other
   */
  or(other) {
    for (let word = 0; word < this.words.length; word++) this.words[word] |= other.words[word];
    return this;
  }

  /**
   * Takes away what the other set holds.
   * @param {Bits} other
   */
  without(other) {
    for (let word = 0; word < this.words.length; word++) this.words[word] &= ~other.words[word];
    return this;
  }

  /** The members in rising order. */
  members() {
    const members = new Uint32Array(this.count());
    let found = 0;
    for (let word = 0; word < this.words.length; word++) {
      let rest = /** @type {number} */ (this.words[word]);
      while (rest) {
        const lowest = rest & -rest;
        members[found++] = (word << 5) + 31 - Math.clz32(lowest);
        rest ^= lowest;
      }
    }
    return members;
  }

  count() {
    let number = 0;
    for (let word = 0; word < this.words.length; word++) {
      let rest = /** @type {number} */ (this.words[word]);
      rest -= (rest >>> 1) & 0x55555555;
      rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
      number += (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
    }
    return number;
  }
}

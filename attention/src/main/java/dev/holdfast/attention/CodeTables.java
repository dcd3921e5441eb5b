package dev.holdfast.attention;

/**
 * What a query's head makes of every code: two numbers of two bits are a code of four, and a table
 * of sixteen octets has the products of the head with each of them, made positive by adding {@value
 * #BIAS}.
 *
 * <p>A sum of products becomes a sum of table entries, found by the shuffle instructions of vector
 * units (Andre, Kermarrec and Le Scouarnec, "Cache Locality Is Not Enough", 2015). Entries are
 * whole, so the sums are exact. Two of them fit an octet.
 */
final class CodeTables {
  /** Numbers in an octet of the index, which has two codes. */
  static final int GROUP = 4;

  private static final int BIAS = 63;

  /** Entries in a table. */
  static final int CODES = 16;

  private CodeTables() {}

  /** Octets for the tables of some heads; vectors read a little further than the last. */
  static int octets(int heads, int groups) {
    return (heads * groups * 2 + 3) * CODES;
  }

  /** What all entries of a row have too much. */
  static int bias(int groups) {
    return 2 * groups * BIAS;
  }

  /**
   * Fills in the tables of a query.
   *
   * @param first the head that its first head becomes
   */
  static void fill(IndexQuery query, int groups, byte[] tables, int first) {
    int dimension = query.heads.length / query.count();
    for (int head = 0; head < query.count(); head++) {
      for (int pair = 0; pair < 2 * groups; pair++) {
        int at = ((first + head) * 2 * groups + pair) * CODES;
        int low = number(query, head, 2 * pair, dimension);
        int high = number(query, head, 2 * pair + 1, dimension);
        for (int code = 0; code < CODES; code++) {
          tables[at + code] =
              (byte) (BIAS + low * IndexForm.level(code & 3) + high * IndexForm.level(code >> 2));
        }
      }
    }
  }

  /** A number of a head; those behind the last count for nothing. */
  private static int number(IndexQuery query, int head, int i, int dimension) {
    return i < dimension ? (int) query.heads[head * dimension + i] : 0;
  }
}

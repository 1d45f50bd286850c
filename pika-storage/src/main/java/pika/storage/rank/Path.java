package pika.storage.rank;

/** The way from the root of a {@link Directory} down to the entry of a run. */
final class Path {
  private final Node[] nodes;
  private final int[] positions;
  private int depth;

  Path(int levels) {
    nodes = new Node[levels];
    positions = new int[levels];
  }

  /** Goes on to entry {@code at} of {@code node}, which is where the path has led so far. */
  void enter(Node node, int at) {
    nodes[depth] = node;
    positions[depth] = at;
    depth++;
  }

  /** How many nodes there are on the way. */
  int depth() {
    return depth;
  }

  /** Node number {@code level} on the way; the root is number 0. */
  Node node(int level) {
    return nodes[level];
  }

  /** Which entry of that node the path takes. */
  int position(int level) {
    return positions[level];
  }

  /** The node below the entry that the path has come to. */
  long idBelow() {
    return nodes[depth - 1].id(positions[depth - 1]);
  }

  Node lowest() {
    return nodes[depth - 1];
  }

  int lowestPosition() {
    return positions[depth - 1];
  }

  /** The elements before the run; looks at all counts on the way. */
  long before() {
    long before = 0;
    for (int level = 0; level < depth; level++) {
      before += nodes[level].countBefore(positions[level]);
    }
    return before;
  }

  Run run() {
    Node node = lowest();
    int at = lowestPosition();
    return new Run(node.id(at), before(), node.count(at), node.separator(at));
  }
}

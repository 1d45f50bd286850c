package pika.storage.rank;

/** The path from the root of a {@link Directory} down to the entry of a run. */
final class Path {
  private final Node[] nodes;
  private final int[] positions;
  private int depth;

  Path(int levels) {
    nodes = new Node[levels];
    positions = new int[levels];
  }

  /** Descends to entry {@code at} of {@code node}. */
  void enter(Node node, int at) {
    nodes[depth] = node;
    positions[depth] = at;
    depth++;
  }

  /** Returns the number of nodes on the path. */
  int depth() {
    return depth;
  }

  /** Returns the node at {@code level}; the root is level 0. */
  Node node(int level) {
    return nodes[level];
  }

  /** Returns the position of the path's entry in the node at {@code level}. */
  int position(int level) {
    return positions[level];
  }

  /** Returns the id of the child node of the last entry. */
  long idBelow() {
    return nodes[depth - 1].id(positions[depth - 1]);
  }

  Node lowest() {
    return nodes[depth - 1];
  }

  int lowestPosition() {
    return positions[depth - 1];
  }

  /** Returns the number of elements before the run; adds up counts on all levels. */
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

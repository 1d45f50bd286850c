package pika.tools.bench;

import java.util.ArrayList;
import java.util.List;

/** A table that reads well both as plain text on a terminal and as Markdown. */
final class MarkdownTable {

  private final List<List<String>> rows = new ArrayList<>();
  private final int textColumns;

  /** @param textColumns how many columns from the left hold text; the others are right-aligned */
  MarkdownTable(int textColumns, List<String> header) {
    this.textColumns = textColumns;
    rows.add(List.copyOf(header));
  }

  /** @throws IllegalArgumentException if the row and the header differ in length */
  void add(List<String> row) {
    if (row.size() != rows.get(0).size()) {
      throw new IllegalArgumentException("expected " + rows.get(0).size() + " cells: " + row);
    }
    rows.add(List.copyOf(row));
  }

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] =
            Math.max(Math.max(3, widths[column]), escape(row.get(column)).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      for (int column = 0; column < columns; column++) {
        String cell = escape(rows.get(i).get(column));
        String space = " ".repeat(widths[column] - cell.length());
        text.append(column < textColumns ? "| " + cell + space : "| " + space + cell)
            .append(' ');
      }
      text.append("|\n");
      if (i == 0) {
        rule(text, widths);
      }
    }
    return text.toString();
  }

  private void rule(StringBuilder text, int[] widths) {
    for (int column = 0; column < widths.length; column++) {
      text.append("| ").append("-".repeat(widths[column] - 1));
      text.append(column < textColumns ? "- " : ": ");
    }
    text.append("|\n");
  }

  private static String escape(String cell) {
    return cell.replace("|", "\\|").replace('\n', ' ');
  }
}

package org.medicd.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Rows of text in aligned columns, two spaces apart. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();
  private final List<BiFunction<Integer, String, String>> paints = new ArrayList<>();

  /** Adds a row as it is. */
  void add(String... cells) {
    add((column, padded) -> padded, cells);
  }

  /** Adds a row whose cells are painted, by column, once they have their width. */
  void add(BiFunction<Integer, String, String> paint, String... cells) {
    rows.add(cells);
    paints.add(paint);
  }

  List<String> lines() {
    int columns = rows.stream().mapToInt(r -> r.length).max().orElse(0);
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      String[] row = rows.get(r);
      String[] cells = new String[row.length];
      for (int i = 0; i < row.length; i++) {
        boolean last = i == row.length - 1;
        String padding = last ? "" : " ".repeat(widths[i] - width(row[i]));
        cells[i] = paints.get(r).apply(i, row[i] + padding);
      }
      lines.add(String.join("  ", Arrays.asList(cells)).stripTrailing());
    }
    return lines;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}

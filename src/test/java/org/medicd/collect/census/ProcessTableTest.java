package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessMaker;

class ProcessTableTest {
  private final Proc one = new ProcessMaker(1).make();
  private final Proc seven = new ProcessMaker(7).make();
  private final ProcessTable table = new ProcessTable(new int[] {1, 7}, new Proc[] {one, seven});

  @Test
  void findsByPid() {
    assertThat(table.get(1)).isSameAs(one);
    assertThat(table.get(7)).isSameAs(seven);
    assertThat(table.get(5)).isNull();
    assertThat(table.containsKey(7)).isTrue();
    assertThat(table.containsKey(8)).isFalse();
  }

  @Test
  void listsAllInOrder() {
    assertThat(table.keySet()).containsExactly(1, 7);
    assertThat(table.values()).containsExactly(one, seven);
    assertThat(table).hasSize(2);
    assertThat(ProcessTable.EMPTY).isEmpty();
  }
}

package org.medicd.rule;

import java.util.List;
import java.util.Set;
import org.drools.model.EntryPoint;
import org.drools.model.Global;
import org.drools.model.Model;
import org.drools.model.Query;
import org.drools.model.Rule;
import org.drools.model.TypeMetaData;

/**
 * A compiled file with some of its rules only. A rule that is removed from a base takes others with
 * it where they have a node in common; one that was never added does not.
 *
 * @param names of the rules that stay
 */
record PartOfModel(Model whole, Set<String> names) implements Model {
  PartOfModel {
    names = Set.copyOf(names);
  }

  @Override
  public List<Rule> getRules() {
    return whole.getRules().stream().filter(rule -> names.contains(rule.getName())).toList();
  }

  @Override
  public String getName() {
    return whole.getName();
  }

  @Override
  public String getPackageName() {
    return whole.getPackageName();
  }

  @Override
  public List<Global> getGlobals() {
    return whole.getGlobals();
  }

  @Override
  public List<Query> getQueries() {
    return whole.getQueries();
  }

  @Override
  public List<TypeMetaData> getTypeMetaDatas() {
    return whole.getTypeMetaDatas();
  }

  @Override
  public List<EntryPoint> getEntryPoints() {
    return whole.getEntryPoints();
  }
}

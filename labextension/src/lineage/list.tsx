// The same as a table, for those who read with the keyboard or by ear.

import { Button } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { LineageNode } from '../api/schema';
import { Age } from '../parts/chips';
import type { Text } from '../text';
import { sorted } from './layout';
import type { IGraphProps } from './graph';
import { iconOf, tooltip, typeOf } from './words';

const MOST = 5;

export function List({ model, text, open }: IGraphProps): JSX.Element {
  const { trans } = text;
  const { shown } = model;
  const nodes = React.useMemo(() => {
    const byId = new Map(shown.nodes.map(node => [node.id, node]));
    const linked = new Set(shown.edges.flatMap(edge => [edge.source, edge.target]));
    const { order } = sorted([...byId.keys()], shown.edges);
    const apart = [order.filter(id => linked.has(id)), order.filter(id => !linked.has(id))];
    return apart.flat().map(id => byId.get(id)!);
  }, [shown]);
  const [from, to] = React.useMemo(() => {
    const byId = new Map(shown.nodes.map(node => [node.id, node]));
    const [sources, targets] = [new Map<string, LineageNode[]>(), new Map<string, LineageNode[]>()];
    for (const { source, target } of shown.edges) {
      sources.set(target, [...(sources.get(target) ?? []), byId.get(source)!]);
      targets.set(source, [...(targets.get(source) ?? []), byId.get(target)!]);
    }
    return [sources, targets];
  }, [shown]);
  return (
    <div className="mlnb-Lineage-list">
      <table className="mlnb-Table" aria-label={trans.__('Lineage')}>
        <thead>
          <tr>
            <th scope="col">{trans.__('Name')}</th>
            <th scope="col">{trans.__('Type')}</th>
            <th scope="col">{trans.__('Came from')}</th>
            <th scope="col">{trans.__('Led to')}</th>
            <th scope="col">{trans.__('Date')}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map(node => {
            const Icon = iconOf(node);
            return (
              <tr key={node.id} data-id={node.id} data-missing={node.missing}>
                <td>
                  <Button
                    minimal
                    className="mlnb-Lineage-name"
                    title={tooltip(node, text)}
                    disabled={node.path === null}
                    onClick={() => open(node)}
                  >
                    <Icon.react tag="span" className="mlnb-Icon" />
                    <span>{node.label}</span>
                    {node.missing && <span className="mlnb-Tag">{trans.__('missing')}</span>}
                  </Button>
                </td>
                <td>{typeOf(node, text)}</td>
                <td>{names(from.get(node.id), text)}</td>
                <td>{names(to.get(node.id), text)}</td>
                <td>{node.when !== null && <Age when={node.when} text={text} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Data may lead to hundreds of notebooks; the drawing shows them all. */
function names(nodes: readonly LineageNode[] = [], text: Text): string {
  const labels = nodes.map(node => node.label);
  const left = labels.length - MOST;
  return left > 1
    ? text.trans.__('%1 and %2 more', labels.slice(0, MOST).join(', '), left)
    : labels.join(', ');
}

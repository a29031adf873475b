// What the nodes of a lineage are called and drawn with.

import type { LabIcon } from '@jupyterlab/ui-components';
import type { LineageNode } from '../api/schema';
import { datasetIcon, kindIcon, pipelineIcon, runWithIcon } from '../icons';
import type { Text } from '../text';
import type { IShown, NodeType } from './model';

export function iconOf(node: LineageNode): LabIcon {
  switch (node.type) {
    case 'dataset':
      return datasetIcon;
    case 'run':
      return runWithIcon;
    case 'pipeline':
      return pipelineIcon;
    default:
      return kindIcon(node.kind);
  }
}

/** `Experiment`, or what else it is. */
export function typeOf(node: LineageNode, text: Text): string {
  if (node.type === 'notebook' && node.kind !== null) {
    return text.kind(node.kind);
  }
  return typeName(node.type, text);
}

export function typeName(type: NodeType, text: Text): string {
  const { trans } = text;
  return {
    notebook: trans.__('Notebook'),
    dataset: trans.__('Dataset'),
    run: trans.__('Run'),
    pipeline: trans.__('Pipeline')
  }[type];
}

export function typesName(type: NodeType, text: Text): string {
  const { trans } = text;
  return {
    notebook: trans.__('Notebooks'),
    dataset: trans.__('Datasets'),
    run: trans.__('Runs'),
    pipeline: trans.__('Pipelines')
  }[type];
}

/** All that a tooltip says. */
export function tooltip(node: LineageNode, text: Text): string {
  const { trans } = text;
  const first = node.missing
    ? trans.__('%1, missing', typeOf(node, text))
    : node.when === null
      ? typeOf(node, text)
      : trans.__('%1, %2', typeOf(node, text), text.age(node.when));
  return [node.label, first, node.path, node.detail].filter(Boolean).join('\n');
}

/** What a screen reader says of a node in a drawing: what it is, and where its lines lead. */
export function spoken(node: LineageNode, shown: IShown, text: Text): string {
  const { trans } = text;
  const labels = new Map(shown.nodes.map(each => [each.id, each.label]));
  const from = shown.edges.filter(each => each.target === node.id).map(each => labels.get(each.source));
  const to = shown.edges.filter(each => each.source === node.id).map(each => labels.get(each.target));
  return [
    trans.__('%1 %2', typeOf(node, text), node.label),
    node.missing && trans.__('missing'),
    from.length > 0 && trans.__('came from %1', from.join(', ')),
    to.length > 0 && trans.__('led to %1', to.join(', '))
  ]
    .filter(Boolean)
    .join('; ');
}

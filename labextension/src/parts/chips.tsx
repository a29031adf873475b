// Small facts in a row: metrics, datasets, a decision, an age.

import * as React from 'react';
import type { Text } from '../text';

export function MetricChips(props: { metrics: Readonly<Record<string, number>>; text: Text }): JSX.Element {
  const { metrics, text } = props;
  return (
    <>
      {Object.entries(metrics).map(([name, value]) => (
        <span key={name} className="mlnb-Chip" data-chip="metric" title={`${name} = ${value}`}>
          {name} <b>{text.number(value)}</b>
        </span>
      ))}
    </>
  );
}

export function Chip(props: { kind: string; title?: string; children: React.ReactNode }): JSX.Element {
  return (
    <span className="mlnb-Chip" data-chip={props.kind} title={props.title}>
      {props.children}
    </span>
  );
}

export function Age(props: { when: string; text: Text }): JSX.Element {
  const { when, text } = props;
  return (
    <time className="mlnb-Age" dateTime={when} title={text.moment(when)}>
      {text.age(when)}
    </time>
  );
}

// A message of the server, with what stands between backticks set as code.

import * as React from 'react';

export function Prose({ children }: { children: string }): JSX.Element {
  // Splitting at a group keeps it: every second part stood between backticks.
  const parts = children.split(/`([^`]+)`/);
  return <>{parts.map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part))}</>;
}

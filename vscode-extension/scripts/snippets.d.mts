export function snippetFile(source: string, json: boolean): string;
export function jsonBody(snippet: { readonly body: string; readonly in: string }): string;
export function filled(body: string): string;

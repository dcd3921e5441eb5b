/** d3 comes as one classic script, because its module form would need thirty addresses in the import map. */
export default globalThis.d3;

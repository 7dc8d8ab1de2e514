package import ConfigModel

/// TOML 1.0 to JSON values: what comes in is exactly what was written, or is refused with line and column.
///
/// Numbers keep their text (underscores and a leading plus are dropped, other bases become decimal, at any size), dates and
/// times become strings as they were written. `inf` and `nan` are refused: JSON has no such numbers.
package enum TOMLText {
    /// Reads a text.
    package static func read(_ bytes: [UInt8]) throws(NotationError) -> JSONValue {
        var parser = TOMLParser(try NotationSource(bytes))
        return .object(try parser.document())
    }
}

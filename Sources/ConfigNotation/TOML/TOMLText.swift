package import ConfigModel

/// TOML 1.0 to and from JSON values: what comes in is exactly what was written, or is refused with line and column.
///
/// Numbers keep their text (underscores and a leading plus are dropped, other bases become decimal, at any size), dates and
/// times become strings as they were written. `inf` and `nan` are refused: JSON has no such numbers.
package enum TOMLText {
    /// Reads a text.
    package static func read(_ bytes: [UInt8]) throws(NotationError) -> JSONValue {
        var parser = TOMLParser(try NotationSource(bytes))
        return .object(try parser.document())
    }

    /// Writes an object; numbers keep their text.
    ///
    /// - Throws: `UnwritableValue` for null and for numbers that readers of TOML do not take.
    package static func write(_ object: JSONObject) throws(UnwritableValue) -> String {
        var writer = TOMLWriter()
        try writer.append(object)
        return writer.text
    }
}

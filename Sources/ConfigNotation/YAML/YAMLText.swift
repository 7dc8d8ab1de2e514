package import ConfigModel

/// YAML 1.2 to and from JSON values: what comes in is exactly what was written, or is refused with line and column.
///
/// Scalars follow the core schema, with three differences that keep people from losing something: numbers with leading
/// zeros (`01238`, octal to YAML 1.1) are strings, underscores between the digits of an integer are dropped (`1_000`), and
/// merge keys (`<<`) are resolved. Refused by name: tags outside of the core schema, `.inf` and `.nan`, several documents,
/// keys that are no strings, aliases that multiply without end, and `%YAML 1.1`.
package enum YAMLText {
    /// Reads the one document of a text.
    package static func read(_ bytes: [UInt8]) throws(NotationError) -> JSONValue {
        try read(bytes, isVersion11: false)
    }

    /// Reads the one document of a text.
    ///
    /// - Parameter isVersion11: it was written for readers of YAML 1.1: `yes`, `no`, `on` and `off` are truth values, and what is
    ///   another number to those is refused.
    package static func read(_ bytes: [UInt8], isVersion11: Bool) throws(NotationError) -> JSONValue {
        var parser = YAMLParser(try NotationSource(bytes, joinsLineEnds: true))
        let root = try parser.document()
        return try YAMLConversion(source: parser.source, isVersion11: isVersion11).value(of: root)
    }

    /// Writes one document, which means the same to readers of YAML 1.1 and of YAML 1.2; numbers keep their text.
    package static func write(_ value: JSONValue) -> String {
        var writer = YAMLWriter()
        writer.append(document: value)
        return writer.text
    }
}

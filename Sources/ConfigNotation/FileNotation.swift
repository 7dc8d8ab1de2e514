package import ConfigModel

/// The notation of a file that a service reads.
package enum FileNotation: Sendable, Equatable {
    /// The bytes of the document.
    case json
    /// YAML, the same for readers of 1.1 and 1.2.
    case yaml
    /// TOML 1.0.
    case toml
    /// Variables of an environment.
    case env(quotes: EnvText.Quotes, separator: String)
    /// Properties of Java.
    case properties(separator: String)

    /// The names, as a person writes them.
    package static let names = ["json", "yaml", "toml", "env", "properties"]

    /// By its name, with what else there is to choose; nil for an unknown name.
    package init?(named name: String, quotes: EnvText.Quotes = .shell, separator: String = ",") {
        switch name {
        case "json": self = .json
        case "yaml": self = .yaml
        case "toml": self = .toml
        case "env": self = .env(quotes: quotes, separator: separator)
        case "properties": self = .properties(separator: separator)
        default: return nil
        }
    }

    /// Writes a document. What is read from it is the same again; in `env` and `properties`, which know no types, as texts.
    ///
    /// - Throws: `UnwritableValue` when that cannot be.
    package func bytes(of object: JSONObject) throws(UnwritableValue) -> [UInt8] {
        switch self {
        case .json: return object.canonicalBytes
        case .yaml:
            let text = Array(YAMLText.write(.object(object)).utf8)
            try Self.compare(object, "YAML") { () throws(NotationError) in try YAMLText.read(text) }
            return text
        case .toml:
            let text = Array(try TOMLText.write(object).utf8)
            try Self.compare(object, "TOML") { () throws(NotationError) in try TOMLText.read(text) }
            return text
        case .env(let quotes, let separator):
            return Array(try EnvText.write(object, quotes: quotes, separator: separator).utf8)
        case .properties(let separator):
            return Array(try PropertiesText.write(object, separator: separator).utf8)
        }
    }

    /// A service must not get something else than what was published, whatever the writer's mistakes.
    private static func compare(
        _ object: JSONObject, _ notation: String, _ read: () throws(NotationError) -> JSONValue
    ) throws(UnwritableValue) {
        guard let again = try? read(), again == .object(object) else {
            throw UnwritableValue(JSONPointer(), "does not come back from \(notation) as it was; use another notation")
        }
    }
}

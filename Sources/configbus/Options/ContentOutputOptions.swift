import ArgumentParser
import ConfigModel
import ConfigNotation

/// How a document's content is printed: as every result, or in the notation of a file that a service reads.
enum ContentOutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case yaml
    case toml
    case env
    case properties

    /// nil for those that every command has.
    var notation: ContentFileNotation? {
        switch self {
        case .text, .json, .yaml: nil
        case .toml, .env, .properties:
            FileNotation(named: rawValue).map { ContentFileNotation(name: rawValue, file: $0) }
        }
    }
}

/// The `--output` flag of commands that print content.
struct ContentOutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "How the content is printed: toml, env (variables, DB_PORT='5432') and properties (Java) take an object.")
    var format: ContentOutputFormat = .text

    /// Prints what has no notation of a file.
    func print(_ json: @autoclosure () throws -> JSONValue, text: () throws -> String) throws {
        let plain = OutputFormat(rawValue: format.rawValue) ?? .text
        StandardStream.output.write(try plain.bytes(json(), text: text))
    }
}

/// The notation of a file, with its name.
struct ContentFileNotation {
    let name: String
    let file: FileNotation

    /// - Parameter path: where the value is, as it was typed.
    /// - Throws: `CommandFailure` for what the notation cannot say.
    func bytes(of value: JSONValue, at path: String?) throws -> [UInt8] {
        guard case .object(let object) = value else {
            throw CommandFailure.usage(
                "--output \(name) takes an object, and \(path.map { "'\($0)'" } ?? "this") is \(value.kind).")
        }
        do {
            return try file.bytes(of: object)
        } catch {
            throw CommandFailure.refused("As \(name): \(error)")
        }
    }
}

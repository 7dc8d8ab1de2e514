import ArgumentParser
import ConfigModel
import ConfigNotation
import SystemPackage

/// A notation in which people write documents.
enum ContentNotation: String, CaseIterable, ExpressibleByArgument {
    case json
    case yaml
    case toml

    /// The endings of files, for sentences.
    static let endings = ".json, .yaml, .yml or .toml"

    /// The value of `--format`, in any case.
    init?(argument: String) {
        self.init(ending: argument)
    }

    /// By the ending of a file's name, in any case; JSON when there is none, as for standard input.
    ///
    /// - Returns: nil for an ending that says nothing about the notation.
    init?(path: String) {
        guard let ending = FilePath(path).extension else {
            self = .json
            return
        }
        self.init(ending: ending)
    }

    /// True when a name ends like a file in one of the notations.
    static func isNamed(byEndingOf path: String) -> Bool {
        FilePath(path).extension.flatMap(ContentNotation.init(ending:)) != nil
    }

    private init?(ending: String) {
        switch ending.lowercased() {
        case "json": self = .json
        case "yaml", "yml": self = .yaml
        case "toml": self = .toml
        default: return nil
        }
    }

    /// Reads a document's content.
    ///
    /// - Parameter isGuess: nothing but the want of an ending says that it is JSON.
    /// - Throws: `CommandFailure` with the place of the mistake.
    func content(_ bytes: [UInt8], name: String, isGuess: Bool = false) throws -> Content {
        do {
            switch self {
            // Editors of some systems begin every text with a byte order mark, which JSON has no place for.
            case .json:
                return try Content(
                    parsing: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes[3...]) : bytes, limits: Self.limits)
            case .yaml: return try Self.content(YAMLText.read(bytes))
            case .toml: return try Self.content(TOMLText.read(bytes))
            }
        } catch ContentError.notAnObject(let found) {
            let place = DocumentStart(of: bytes, skippingComments: self == .yaml)
            let example = self == .json ? "" : " or lines like 'key: value'"
            throw CommandFailure.refused(
                "\(name): \(place): the content must be a JSON object ({...})\(example), not \(found).")
        } catch let error as ContentError {
            throw CommandFailure.refused("\(name): \(error)" + (isGuess ? Self.hint(for: bytes) : ""))
        } catch let error as NotationError {
            throw CommandFailure.refused("\(name): \(error)")
        }
    }

    /// Reads the content of a document that is to be published.
    func document(_ bytes: [UInt8], name: String, isGuess: Bool = false) throws -> Content {
        let content = try content(bytes, name: name, isGuess: isGuess)
        // As TOML, a file that was cut off to nothing is an empty document.
        guard self != .toml || content != .empty else {
            throw CommandFailure.refused(
                "\(name) holds no value; as it is the document would lose all of its own. For an empty document publish {} as "
                    + "JSON.")
        }
        return content
    }

    /// Reads the operations of a JSON patch, which is a list.
    ///
    /// - Throws: `CommandFailure` with the place of the mistake.
    func operations(_ bytes: [UInt8], name: String) throws -> [JSONValue] {
        let value: JSONValue
        do {
            switch self {
            case .json: value = try JSONValue(parsing: bytes)
            case .yaml: value = try YAMLText.read(bytes)
            case .toml:
                throw CommandFailure.refused("\(name): a JSON patch is a list, which TOML cannot be; write YAML.")
            }
        } catch let error as JSONError {
            throw CommandFailure.refused("\(name): \(error)")
        } catch let error as NotationError {
            throw CommandFailure.refused("\(name): \(error)")
        }
        guard case .array(let operations) = value else {
            throw CommandFailure.refused(
                "\(name): a JSON patch is a list of operations, not \(value.kind); for an object use --merge-patch.")
        }
        return operations
    }

    /// What to do with text that does not even begin like JSON.
    private static func hint(for bytes: [UInt8]) -> String {
        guard let first = bytes.first(where: { !" \t\r\n".utf8.contains($0) }), first != UInt8(ascii: "{") else {
            return ""
        }
        return " JSON is expected here; for another notation add --format yaml or --format toml."
    }

    private static func content(_ value: JSONValue) throws(ContentError) -> Content {
        guard case .object(let object) = value else { throw .notAnObject(found: value.kind) }
        return try Content(object, limits: limits)
    }

    /// The most that any registry may be set to take; the registry has the last word.
    static let limits = ContentLimits(maximumBytes: 8 << 20, maximumDepth: 64)
}

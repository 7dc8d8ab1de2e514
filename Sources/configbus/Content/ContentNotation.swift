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
    /// - Throws: `CommandFailure` with the place of the mistake.
    func content(_ bytes: [UInt8], name: String) throws -> Content {
        do {
            switch self {
            // Editors of some systems begin every text with a byte order mark, which JSON has no place for.
            case .json:
                return try Content(
                    parsing: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes[3...]) : bytes, limits: Self.limits)
            case .yaml: return try Self.content(YAMLText.read(bytes))
            case .toml: return try Self.content(TOMLText.read(bytes))
            }
        } catch let error as ContentError {
            throw CommandFailure.refused("\(name): \(error)")
        } catch let error as NotationError {
            throw CommandFailure.refused("\(name): \(error)")
        }
    }

    private static func content(_ value: JSONValue) throws(ContentError) -> Content {
        guard case .object(let object) = value else { throw .notAnObject(found: value.kind) }
        return try Content(object, limits: limits)
    }

    /// The most that any registry may be set to take; the registry has the last word.
    private static let limits = ContentLimits(maximumBytes: 8 << 20, maximumDepth: 64)
}

import ArgumentParser
import ConfigModel
import SystemPackage

/// A notation in which people write documents.
enum ContentNotation: String, CaseIterable, ExpressibleByArgument {
    case json
    case yaml
    case toml

    /// By the ending of a file's name; JSON for anything else, standard input included.
    init(path: String) {
        switch FilePath(path).extension {
        case "yaml"?, "yml"?: self = .yaml
        case "toml"?: self = .toml
        default: self = .json
        }
    }

    /// Reads a document's content.
    ///
    /// - Throws: `CommandFailure` with the place of the mistake.
    func content(_ bytes: [UInt8], name: String) throws -> Content {
        do {
            switch self {
            case .json: return try Content(parsing: bytes, limits: Self.limits)
            case .yaml: return try Content(parsing: YAMLText.read(bytes).canonicalBytes, limits: Self.limits)
            case .toml: return try Content(parsing: TOMLText.read(bytes).canonicalBytes, limits: Self.limits)
            }
        } catch let error as ContentError {
            throw CommandFailure.refused("\(name): \(error)")
        } catch let error as NotationError {
            throw CommandFailure.refused("\(name): \(error)")
        }
    }

    /// The most that any registry may be set to take; the registry has the last word.
    private static let limits = ContentLimits(maximumBytes: 8 << 20, maximumDepth: 64)
}

/// A text that does not follow its notation, or says something that JSON cannot say.
struct NotationError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

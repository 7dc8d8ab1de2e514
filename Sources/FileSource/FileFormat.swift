import ConfigModel
import ConfigNotation

/// The notation of a file.
public enum FileFormat: Sendable, Hashable, CaseIterable {
    /// By the ending of its name: `.json`, `.yaml`, `.yml` or `.toml`.
    case auto
    /// JSON.
    case json
    /// YAML 1.2.
    case yaml
    /// TOML 1.0.
    case toml
}

extension FileFormat {
    /// The endings that are read, without the dot.
    static let endings = ["json", "yaml", "yml", "toml"]

    /// By the ending of a name, in any case; nil when it says nothing.
    init?(ending: some StringProtocol) {
        switch ending.lowercased() {
        case "json": self = .json
        case "yaml", "yml": self = .yaml
        case "toml": self = .toml
        default: return nil
        }
    }

    /// Reads a document's content; numbers keep their text.
    ///
    /// - Throws: `FileFault` with the place of the mistake.
    func content(of bytes: [UInt8]) throws(FileFault) -> Content {
        // A file that is cut off to nothing is being written, or its disk was full; as TOML it would even mean something.
        guard !bytes.isEmpty else { throw FileFault("it is empty; write {} for an empty configuration") }
        do {
            switch self {
            // Editors of some systems begin every text with a byte order mark, which JSON has no place for.
            case .json, .auto:
                return try Content(
                    parsing: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes[3...]) : bytes, limits: Self.limits)
            case .yaml: return try Self.content(try YAMLText.read(bytes))
            case .toml: return try Self.content(try TOMLText.read(bytes))
            }
        } catch ContentError.notAnObject(let found) {
            throw FileFault("the content must be an object ({...} or lines like 'key: value'), not \(found)")
        } catch {
            throw FileFault("\(error)")
        }
    }

    private static func content(_ value: JSONValue) throws(ContentError) -> Content {
        guard case .object(let object) = value else { throw .notAnObject(found: value.kind) }
        return try Content(object, limits: limits)
    }

    /// What a registry may be set to take at most.
    static let limits = ContentLimits(maximumBytes: ContentLimits.byteCeiling)
}

/// Why a file gives no content, in one sentence without its path and without a full stop of its own, unless it is quoted.
struct FileFault: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

import ConfigModel

/// The way to a value inside a document: `db.port`, or a JSON pointer (`/db/port`) for keys that contain dots.
///
/// Elements of arrays are counted from 0.
public struct ConfigPath: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The path as it was written.
    public let text: String
    let tokens: [String]

    /// Reads a path. Text that starts with `/` is a JSON pointer, everything else is separated by dots; text that is no
    /// valid JSON pointer is the name of a top-level key.
    public init(_ text: String) {
        self.text = text
        if text.utf8.first == UInt8(ascii: "/") {
            tokens = (try? JSONPointer(parsing: text))?.tokens ?? [text]
        } else {
            // By bytes: an accent behind a dot belongs to the key that begins there.
            tokens = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
                String(Substring($0))
            }
        }
    }

    /// Reads a path.
    public init(stringLiteral text: String) { self.init(text) }

    /// The value at the end of the path; nil when there is none.
    func value(in object: JSONObject) -> JSONValue? {
        var value = JSONValue.object(object)
        for token in tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(token), String(index) == token, elements.indices.contains(index) else {
                    return nil
                }
                value = elements[index]
            case .null, .bool, .number, .string:
                return nil
            }
        }
        return value
    }
}

extension ConfigPath: CustomStringConvertible {
    /// The path as it was written.
    public var description: String { text }
}

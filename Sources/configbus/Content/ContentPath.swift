import ConfigModel

/// A place inside a document: `db.port`, or a JSON pointer (`/db/port`, RFC 6901) for keys with dots and for arrays.
struct ContentPath {
    let segments: [String]
    let text: String

    /// No document has more levels (`ContentLimits`), so that a longer path leads nowhere.
    private static let longest = 64

    init(_ text: String) throws {
        self.text = text
        // By bytes: an accent behind a dot or a slash belongs to the key that begins there.
        if text.utf8.first == UInt8(ascii: "/") {
            do {
                segments = try JSONPointer(parsing: text).tokens
            } catch {
                throw CommandFailure.usage("\(error)")
            }
        } else {
            segments = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
                String(Substring($0))
            }
            guard segments.allSatisfy({ !$0.isEmpty }) else {
                throw CommandFailure.usage(
                    "'\(text)' is not a path: write it like db.port, or as a JSON pointer like /db/port.")
            }
            guard !segments.contains(where: Self.hasBrackets) else { throw Self.bracketed(text, segments) }
        }
        guard segments.count <= Self.longest else {
            throw CommandFailure.usage(
                "A path has at most \(Self.longest) keys, as many as a document has levels; this one has "
                    + "\(segments.count).")
        }
    }

    /// True for `hosts[0]`, which other tools take for an element of a list.
    private static func hasBrackets(_ segment: String) -> Bool { segment.hasSuffix("]") && segment.contains("[") }

    private static func bracketed(_ text: String, _ segments: [String]) -> CommandFailure {
        let element = text.replacing("[", with: ".").replacing("]", with: "")
        return .usage(
            "'\(text)': brackets name nothing here. The element of a list is written \(element); a member whose name has "
                + "brackets in it is the JSON pointer \(JSONPointer(tokens: segments)).")
    }

    /// How a place is written, for the help.
    static let help = """
        A PATH names members from the top, separated by dots (db.port); an element of a list is its number from 0 \
        (hosts.0). A key with a dot in it needs a JSON pointer: /hosts/0, /labels/app.kubernetes.io~1name (~1 is a \
        slash, ~0 a tilde).
        """

    /// Puts a value at this place, making objects on the way where nothing is.
    func set(_ value: JSONValue, in object: JSONObject) throws -> JSONObject {
        guard case .object(let changed) = try replacing(segments[...], of: .object(object), with: value) else {
            throw CommandFailure.refused("A document is an object; '\(text)' would make it something else.")
        }
        return changed
    }

    /// Removes what is at this place.
    func unset(in object: JSONObject) throws -> JSONObject {
        guard case .object(let changed) = try removing(segments[...], from: .object(object)) else {
            throw CommandFailure.refused("A document is an object; '\(text)' would remove it. Use 'configbus delete'.")
        }
        return changed
    }

    /// The value at this place; nil when there is none.
    func value(in value: JSONValue) -> JSONValue? {
        segments.reduce(value) { value, segment in
            switch value {
            case .object(let object)?: object[segment]
            case .array(let elements)?: index(segment, below: elements.count).map { elements[$0] }
            default: nil
            }
        }
    }

    /// What to try where nothing was found: a key may have a dot in it.
    var pointerHint: String {
        guard segments.count > 1, text.utf8.first != UInt8(ascii: "/") else { return "" }
        let pointer = JSONPointer(tokens: [segments[0], segments.dropFirst().joined(separator: ".")])
        return " A key with a dot in it needs a JSON pointer, such as '\(pointer)'."
    }

    private func replacing(_ path: ArraySlice<String>, of value: JSONValue?, with new: JSONValue) throws -> JSONValue {
        guard let segment = path.first else { return new }
        switch value {
        case nil:
            var object = JSONObject()
            object[segment] = try replacing(path.dropFirst(), of: nil, with: new)
            return .object(object)
        case .object(var object)?:
            object[segment] = try replacing(path.dropFirst(), of: object[segment], with: new)
            return .object(object)
        case .array(var elements)?:
            if segment == "-" {
                elements.append(try replacing(path.dropFirst(), of: nil, with: new))
            } else if let index = index(segment, below: elements.count) {
                elements[index] = try replacing(path.dropFirst(), of: elements[index], with: new)
            } else {
                throw CommandFailure.refused(
                    "'\(text)': the array has \(elements.count) elements; name one from 0, or - to append.")
            }
            return .array(elements)
        case let other?:
            throw CommandFailure.refused("'\(text)': there is \(other.kind) before '\(segment)', which has no members.")
        }
    }

    private func removing(_ path: ArraySlice<String>, from value: JSONValue?) throws -> JSONValue? {
        guard let segment = path.first else { return nil }
        switch value {
        case .object(var object)? where object[segment] != nil:
            object[segment] = try removing(path.dropFirst(), from: object[segment])
            return .object(object)
        case .array(var elements)?:
            guard let index = index(segment, below: elements.count) else { throw missing }
            if let rest = try removing(path.dropFirst(), from: elements[index]) {
                elements[index] = rest
            } else {
                elements.remove(at: index)
            }
            return .array(elements)
        default: throw missing
        }
    }

    private var missing: CommandFailure { .refused("There is nothing at '\(text)'.\(pointerHint)") }

    private func index(_ segment: String, below count: Int) -> Int? {
        guard let index = Int(segment), String(index) == segment, (0..<count).contains(index) else { return nil }
        return index
    }
}

import ConfigModel
import Yams

/// YAML to and from JSON values.
enum YAMLText {
    /// Reads one document.
    static func read(_ bytes: [UInt8]) throws -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw NotationError("The YAML is not UTF-8.") }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw NotationError("This is not YAML: \(error)")
        }
        guard let root else { throw NotationError("The YAML holds no document.") }
        var conversion = YAMLConversion()
        return try conversion.value(of: root)
    }

    /// Writes one document; numbers keep their text.
    static func write(_ value: JSONValue) throws -> String {
        try Yams.serialize(node: node(for: value), allowUnicode: true)
    }

    private static func node(for value: JSONValue) -> Node {
        switch value {
        case .null: Node("null", Tag(.null))
        case .bool(let flag): Node(flag ? "true" : "false", Tag(.bool))
        case .number(let number): Node(number.text, Tag(.float))
        case .string(let text): string(text)
        case .array(let elements): Node(elements.map(node(for:)))
        case .object(let object): Node(object.map { (string($0.key), node(for: $0.value)) })
        }
    }

    /// Quoted when it would be read back as something else.
    private static func string(_ text: String) -> Node {
        let plain = Node(text)
        return Resolver.default.resolveTag(of: plain) == .str && !text.isEmpty
            ? plain : Node(text, Tag(.str), .doubleQuoted)
    }
}

/// Turns nodes into values; aliases are followed at most as far as a document may be large.
private struct YAMLConversion {
    private var budget = 1 << 20

    mutating func value(of node: Node) throws -> JSONValue {
        budget -= 1
        guard budget > 0 else { throw NotationError("The YAML holds more values than any document may have.") }
        switch node {
        case .scalar(let scalar): return try value(of: scalar, in: node)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence { elements.append(try value(of: element)) }
            return .array(elements)
        case .mapping(let mapping):
            var members: [(key: String, value: JSONValue)] = []
            for (key, element) in mapping {
                guard let name = key.scalar?.string else { throw failure("A key must be a scalar.", at: key) }
                members.append((name, try value(of: element)))
            }
            return .object(try JSONObject(members))
        case .alias: throw failure("An alias has no anchor.", at: node)
        }
    }

    private func value(of scalar: Node.Scalar, in node: Node) throws -> JSONValue {
        switch node.tag {
        case Tag(.null): return .null
        case Tag(.bool):
            guard let flag = Bool.construct(from: scalar) else { throw failure("This is no boolean.", at: node) }
            return .bool(flag)
        case Tag(.int), Tag(.float): return .number(try number(scalar, in: node))
        default: return .string(scalar.string)
        }
    }

    /// A number that JSON can say keeps its text; YAML's other notations become decimal.
    private func number(_ scalar: Node.Scalar, in node: Node) throws -> JSONNumber {
        if case .number(let number)? = try? JSONValue(parsing: Array(scalar.string.utf8)) { return number }
        if let integer = Int64.construct(from: scalar) { return JSONNumber(integer) }
        if let double = Double.construct(from: scalar), let number = JSONNumber(double) { return number }
        throw failure("JSON has no number \(scalar.string).", at: node)
    }

    private func failure(_ sentence: String, at node: Node) -> NotationError {
        guard let mark = node.mark else { return NotationError(sentence) }
        return NotationError("Line \(mark.line), column \(mark.column): \(sentence)")
    }
}

import ConfigModel

/// Replaces the placeholders in a document's strings, once: what is inserted is a value, in which nothing is replaced, and
/// which cannot change the structure. Keys are never touched.
struct PlaceholderExpansion {
    /// More faults help no reader of a log line.
    private static let most = 20

    private let policy: Placeholders
    private let environment: (String) -> String?
    private var faults: [String] = []
    /// Names that are not set, with the first place of each.
    private var unset: [(name: String, pointer: JSONPointer)] = []
    private var unsetNames: Set<String> = []
    private var hasReplaced = false
    private var insertedBytes = 0

    private init(_ policy: Placeholders, _ environment: @escaping (String) -> String?) {
        self.policy = policy
        self.environment = environment
    }

    /// The document with its placeholders replaced; nil when it has none.
    ///
    /// - Parameter environment: the value of a variable; nil when it is not set.
    /// - Throws: `InvalidContent` that names everything that is wrong with pointers and names, and no value.
    static func expanded(
        _ object: JSONObject, _ policy: Placeholders, environment: @escaping (String) -> String?
    ) throws(InvalidContent) -> JSONObject? {
        guard policy != .none else { return nil }
        var expansion = PlaceholderExpansion(policy, environment)
        let result = expansion.object(object, at: JSONPointer())
        guard expansion.sentences.isEmpty else {
            throw InvalidContent(description: expansion.sentences.joined(separator: " "))
        }
        return expansion.hasReplaced ? result : nil
    }

    private var sentences: [String] {
        guard !unset.isEmpty else { return faults }
        let names = unset.map { "\($0.name) (at \($0.pointer))" }.joined(separator: ", ")
        let more = unsetNames.count > unset.count ? " and \(unsetNames.count - unset.count) more" : ""
        return faults + ["Not set in the environment: \(names)\(more); set them, or write ${NAME:-default}."]
    }

    private mutating func object(_ object: JSONObject, at pointer: JSONPointer) -> JSONObject {
        var result = object
        for (key, value) in object {
            guard let changed = self.value(value, at: pointer.appending(key)) else { continue }
            result[key] = changed
        }
        return result
    }

    /// The value with its placeholders replaced; nil when it stays as it is.
    private mutating func value(_ value: JSONValue, at pointer: JSONPointer) -> JSONValue? {
        switch value {
        case .string(let text): string(text, at: pointer)
        case .object(let object): .object(self.object(object, at: pointer))
        case .array(let elements):
            .array(
                elements.enumerated().map { index, element in
                    self.value(element, at: pointer.appending(String(index))) ?? element
                })
        case .null, .bool, .number: nil
        }
    }

    private mutating func string(_ text: String, at pointer: JSONPointer) -> JSONValue? {
        do throws(PlaceholderText.Fault) {
            guard let text = try PlaceholderText(text) else { return nil }
            hasReplaced = true
            if let placeholder = text.only, placeholder.kind != .string { return typed(placeholder, at: pointer) }
            var result = ""
            for part in text.parts {
                switch part {
                case .literal(let literal): result += literal
                case .placeholder(let placeholder) where placeholder.kind == .string:
                    // One that is missing rejects the document; the others are still looked at, to name all.
                    result += self.text(of: placeholder, at: pointer) ?? ""
                case .placeholder: return fault(pointer, "a placeholder with a type has to be alone in its string")
                }
            }
            return .string(result)
        } catch {
            return fault(pointer, error.reason + "; write $${ for a literal ${")
        }
    }

    private mutating func typed(_ placeholder: Placeholder, at pointer: JSONPointer) -> JSONValue? {
        guard let text = text(of: placeholder, at: pointer) else { return nil }
        if placeholder.kind == .bool, let value = Bool(text) { return .bool(value) }
        // The notation's own rule for numbers: one that is read as JSON, with nothing around it.
        if case .number(let number)? = try? JSONValue(parsing: Array(text.utf8)), number.text == text,
            placeholder.kind == .number || placeholder.kind == .int && text.utf8.allSatisfy(Self.isOfInteger)
        {
            return .number(number)
        }
        let wanted =
            switch placeholder.kind {
            case .int: "an integer"
            case .number: "a number"
            case .bool, .string: "true or false"
            }
        return fault(pointer, "\(placeholder.name) is not \(wanted)")
    }

    private static func isOfInteger(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// What stands in the place of a placeholder.
    private mutating func text(of placeholder: Placeholder, at pointer: JSONPointer) -> String? {
        let name = placeholder.name
        guard policy.allows(name) else {
            fault(pointer, "\(name) is not among the placeholders that WatcherOptions.placeholders allows")
            return nil
        }
        let value = environment(name)
        let text: String
        if let fallback = placeholder.fallback, value.map({ $0.isEmpty && fallback.coversEmpty }) ?? true {
            text = fallback.text
        } else if let value {
            text = value
        } else {
            if unsetNames.insert(name).inserted, unset.count < Self.most { unset.append((name, pointer)) }
            return nil
        }
        insertedBytes += text.utf8.count
        guard insertedBytes <= ContentLimits.byteCeiling else {
            fault(pointer, "the placeholders insert more than \(ContentLimits.byteCeiling >> 20) MiB")
            return nil
        }
        return text
    }

    @discardableResult
    private mutating func fault(_ pointer: JSONPointer, _ reason: String) -> JSONValue? {
        if faults.count < Self.most { faults.append("\(pointer): \(reason).") }
        return nil
    }
}

import ConfigModel

/// Goes over a content and reports what looks like a secret, with its place.
struct SecretWalk {
    private let content: JSONValue
    private var places: SecretPlaces
    private var path = ValuePosition()

    /// No rule for keys finds anything in a shorter one.
    private static let shortestKey = 12

    /// - Parameter places: where findings go.
    init(_ content: JSONValue, places: SecretPlaces) {
        self.content = content
        self.places = places
    }

    /// The places with those of the whole content.
    mutating func findings() -> SecretPlaces {
        switch content {
        case .string(let text): visit(text, as: nil, .value)
        default: descend(into: content, as: nil)
        }
        return places
    }

    /// - Parameter naming: what the container inherits from the names around it.
    private mutating func descend(into value: JSONValue, as naming: ValueNaming?) {
        guard !places.isFull else { return }
        switch value {
        case .array(let elements): visit(elements, as: naming)
        case .object(let object): visit(object, as: naming)
        case .string, .null, .bool, .number: break
        }
    }

    private mutating func visit(_ elements: [JSONValue], as inherited: ValueNaming?) {
        var option: ValueNaming?
        for (index, element) in elements.enumerated() {
            path.enter(index)
            if case .string(let text) = element {
                let isOption = text.utf8.first == UInt8(ascii: "-")
                visit(text, as: inherited ?? (isOption ? nil : option), .element)
                option = isOption ? ValueNaming(option: text) : nil
            } else {
                descend(into: element, as: inherited)
                option = nil
            }
            path.leave()
        }
    }

    private mutating func visit(_ object: JSONObject, as inherited: ValueNaming?) {
        var pairName: String?
        for (index, member) in object.members.enumerated() {
            let isLong = member.key.utf8.count >= Self.shortestKey
            let isSecretKey = isLong && (reports(key: member.key, at: index) || ShownText.isSecret(key: member.key))
            path.enter(index, masked: isSecretKey)
            switch member.value {
            case .string(let text):
                visit(text, as: ValueNaming(of: member.key, in: object, named: pairName, as: inherited), .value)
                if ValueNaming.isPairName(member.key) { pairName = text }
            case .array, .object:
                descend(into: member.value, as: ValueNaming(inside: member.key, as: inherited))
            case .null, .bool, .number: break
            }
            path.leave()
        }
    }

    /// Whether a key is a secret itself. Then no pointer shows it.
    private mutating func reports(key: String, at index: Int) -> Bool {
        let rules = TextScanner.rules(in: key, position: .key)
        guard !rules.isEmpty else { return false }
        path.enter(index, masked: true)
        places.report(rules, at: path, of: content, isKey: true)
        path.leave()
        return true
    }

    /// What its name says counts only where the text itself does not say what it is.
    private mutating func visit(_ text: String, as naming: ValueNaming?, _ position: TextScanner.Position) {
        var rules = TextScanner.rules(in: text, position: position)
        if rules.isEmpty, let naming { rules = naming.rules(for: text, isElement: position == .element) }
        if !rules.isEmpty { places.report(rules, at: path, of: content, isKey: false) }
    }
}

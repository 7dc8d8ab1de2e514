import ConfigModel

/// A number that does not fit the type of its property, such as 3.5 for an `Int`. JSONDecoder says of the whole document that
/// it is no JSON, without a place; so the place is found by decoding the document with other numbers.
struct UnfitNumber: Sendable, Equatable {
    let pointer: JSONPointer
    /// The type that is expected; nil when that is not known.
    let type: String?

    /// Finds it; nil when it is something else that is wrong.
    ///
    /// - Parameters:
    ///   - error: what was thrown about the document.
    ///   - decode: returns what is thrown about another document.
    init?(_ error: DecodingError, in object: JSONObject, decode: (JSONObject) -> DecodingError?) {
        guard error.isAboutNumber else { return nil }
        let count = Numbers(in: object).places.count
        func fails(_ replaced: Int) -> Bool {
            decode(Numbers(in: object, replacing: 0..<replaced).object)?.isAboutNumber ?? false
        }
        guard count > 0, !fails(count) else { return nil }
        // The more of them are replaced from the first on, the better it fits: the last one that matters is between these.
        var (failing, fitting) = (0, count)
        while fitting - failing > 1 {
            let middle = (failing + fitting) / 2
            if fails(middle) { failing = middle } else { fitting = middle }
        }
        let numbers = Numbers(in: object, replacing: 0..<count, asText: failing)
        pointer = numbers.places[failing]
        if case .typeMismatch(let expected, _)? = decode(numbers.object) { type = "\(expected)" } else { type = nil }
    }
}

extension DecodingError {
    /// True for what is said about a number that does not fit; content is JSON for certain.
    fileprivate var isAboutNumber: Bool {
        guard case .dataCorrupted(let context) = self else { return false }
        return context.codingPath.isEmpty && context.debugDescription == "The given data was not valid JSON."
    }
}

/// A document's numbers, in its order, some of them replaced.
private struct Numbers {
    private(set) var places: [JSONPointer] = []
    private(set) var object = JSONObject()
    private let replaced: Range<Int>
    private let text: Int?

    /// - Parameters:
    ///   - replaced: these become 0.
    ///   - text: this one becomes a string.
    init(in object: JSONObject, replacing replaced: Range<Int> = 0..<0, asText text: Int? = nil) {
        self.replaced = replaced
        self.text = text
        self.object = replacing(object, at: JSONPointer())
    }

    private mutating func replacing(_ object: JSONObject, at pointer: JSONPointer) -> JSONObject {
        var result = object
        for (key, value) in object { result[key] = replacing(value, at: pointer.appending(key)) }
        return result
    }

    private mutating func replacing(_ value: JSONValue, at pointer: JSONPointer) -> JSONValue {
        switch value {
        case .object(let object): return .object(replacing(object, at: pointer))
        case .array(let elements):
            var result = elements
            for (index, element) in elements.enumerated() {
                result[index] = replacing(element, at: pointer.appending(String(index)))
            }
            return .array(result)
        case .number:
            places.append(pointer)
            let place = places.count - 1
            if place == text { return .string("") }
            return replaced.contains(place) ? .number(JSONNumber(0)) : value
        case .null, .bool, .string: return value
        }
    }
}

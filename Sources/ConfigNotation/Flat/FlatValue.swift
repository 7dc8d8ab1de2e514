import ConfigModel

/// A value of a document in a notation that knows names and texts and nothing else.
struct FlatValue {
    let pointer: JSONPointer
    let text: String
}

/// Makes a list of names and texts of a document.
struct FlatValues {
    /// Between the elements of an array.
    let separator: String
    /// As in a sentence: `an environment file`.
    let notation: String

    /// The values inside of an object, in the order of their keys. An object without members has none.
    ///
    /// - Throws: `UnwritableValue` for null and for arrays that could not be taken apart again.
    func list(_ object: JSONObject, at pointer: JSONPointer = JSONPointer()) throws(UnwritableValue) -> [FlatValue] {
        var values: [FlatValue] = []
        for (key, value) in object {
            let place = pointer.appending(key)
            switch value {
            case .object(let object): values += try list(object, at: place)
            case .array(let elements): values.append(FlatValue(pointer: place, text: try joined(elements, place)))
            default: values.append(FlatValue(pointer: place, text: try text(value, place)))
            }
        }
        return values
    }

    private func text(_ value: JSONValue, _ place: JSONPointer) throws(UnwritableValue) -> String {
        switch value {
        case .string(let text): return text
        case .number(let number): return number.text
        case .bool(let flag): return flag ? "true" : "false"
        case .null:
            throw UnwritableValue(place, "is null, which \(notation) cannot say; leave it out or give it a value")
        case .array, .object:
            throw UnwritableValue(
                place,
                "is \(value.kind) inside of an array, which \(notation) cannot say; only plain values can stand there")
        }
    }

    private func joined(_ elements: [JSONValue], _ place: JSONPointer) throws(UnwritableValue) -> String {
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            texts.append(try text(element, place.appending(String(index))))
        }
        let joined = texts.joined(separator: separator)
        guard !elements.isEmpty else { return joined }
        guard elements.count > 1 || !joined.isEmpty else {
            throw UnwritableValue(place, "holds an empty text alone, which would be read as an array without elements")
        }
        let parts = Array(joined.utf8).split(separator: Array(separator.utf8), omittingEmptySubsequences: false)
        guard parts.count == texts.count, zip(parts, texts).allSatisfy({ $0.elementsEqual($1.utf8) }) else {
            throw UnwritableValue(
                place,
                "has an element with the separator in it, so that its elements could not be told apart; choose another separator"
            )
        }
        return joined
    }
}

/// The names that are given already.
struct GivenNames {
    private var places: [[UInt8]: JSONPointer] = [:]

    /// - Throws: `UnwritableValue` when another place has the name.
    mutating func give(_ name: String, to pointer: JSONPointer) throws(UnwritableValue) {
        if let other = places.updateValue(pointer, forKey: Array(name.utf8)) {
            throw UnwritableValue(pointer, "would have the same name as \(other), '\(name)'; rename one of them")
        }
    }
}

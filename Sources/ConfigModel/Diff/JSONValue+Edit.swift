/// Why a value cannot be changed at a place.
enum JSONEditError: Error {
    /// Without a full stop.
    case refused(String)
    case limit(WorkLimit)

    init(_ reason: String) { self = .refused(reason) }
}

/// The primitive changes of RFC 6902, in place.
extension JSONValue {
    func value(at path: ArraySlice<String>) throws(JSONEditError) -> JSONValue {
        var value = self
        for token in path { value = try value.child(token) }
        return value
    }

    mutating func add(
        _ added: JSONValue, at path: ArraySlice<String>, _ budget: inout WorkBudget
    ) throws(JSONEditError) {
        guard let token = path.first else {
            self = added
            return
        }
        if path.count > 1 {
            return try editChild(token) { child throws(JSONEditError) in
                try child.add(added, at: path.dropFirst(), &budget)
            }
        }
        switch container {
        case .object:
            var object = takeObject()
            defer { self = .object(object) }
            if object[token] == nil { try budget.movedMembers(object.count) }
            object[token] = added
        case .array:
            var elements = takeArray()
            defer { self = .array(elements) }
            let index = try token == "-" ? elements.count : Self.index(token, below: elements.count + 1)
            try budget.moved(elements.count - index)
            elements.insert(added, at: index)
        case nil: throw Self.notAContainer(self, token)
        }
    }

    mutating func remove(
        at path: ArraySlice<String>, _ budget: inout WorkBudget
    ) throws(JSONEditError) -> JSONValue {
        guard let token = path.first else { throw JSONEditError("the whole document cannot be removed") }
        if path.count > 1 {
            var result = JSONValue.null
            try editChild(token) { child throws(JSONEditError) in
                result = try child.remove(at: path.dropFirst(), &budget)
            }
            return result
        }
        let removed = try child(token)
        switch container {
        case .object:
            var object = takeObject()
            defer { self = .object(object) }
            try budget.movedMembers(object.count)
            object[token] = nil
        case .array:
            var elements = takeArray()
            defer { self = .array(elements) }
            let index = try Self.index(token, below: elements.count)
            try budget.moved(elements.count - index)
            elements.remove(at: index)
        case nil: throw Self.notAContainer(self, token)
        }
        return removed
    }

    mutating func replace(with replacement: JSONValue, at path: ArraySlice<String>) throws(JSONEditError) {
        guard let token = path.first else {
            self = replacement
            return
        }
        try editChild(token) { child throws(JSONEditError) in
            try child.replace(with: replacement, at: path.dropFirst())
        }
    }

    /// Changes a member or element in place: it is taken out meanwhile, so that nothing is copied.
    private mutating func editChild(
        _ token: String, _ edit: (inout JSONValue) throws(JSONEditError) -> Void
    ) throws(JSONEditError) {
        var child = try child(token)
        switch container {
        case .object:
            var object = takeObject()
            defer { self = .object(object) }
            object[token] = .null
            defer { object[token] = child }
            try edit(&child)
        case .array:
            var elements = takeArray()
            defer { self = .array(elements) }
            let index = try Self.index(token, below: elements.count)
            elements[index] = .null
            defer { elements[index] = child }
            try edit(&child)
        case nil: throw Self.notAContainer(self, token)
        }
    }

    private enum Container { case object, array }

    /// Which container this is; nil for a scalar.
    private var container: Container? {
        switch self {
        case .object: .object
        case .array: .array
        default: nil
        }
    }

    /// Leaves null behind, so that the caller owns alone what was here. A pattern that binds what a value holds does not do
    /// that: the value holds it as well until the end of the statement, and then every change copies the whole container.
    private mutating func takeObject() -> JSONObject {
        guard case .object(let object) = self else { return JSONObject() }
        self = .null
        return object
    }

    private mutating func takeArray() -> [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        self = .null
        return elements
    }

    private func child(_ token: String) throws(JSONEditError) -> JSONValue {
        switch self {
        case .object(let object):
            guard let value = object[token] else {
                throw JSONEditError("there is no member \(JSONValue.string(token))")
            }
            return value
        case .array(let elements): return elements[try Self.index(token, below: elements.count)]
        default: throw Self.notAContainer(self, token)
        }
    }

    private static func index(_ token: String, below count: Int) throws(JSONEditError) -> Int {
        guard let index = Int(token), index >= 0, String(index) == token else {
            throw JSONEditError("\(JSONValue.string(token)) is not the index of an array element")
        }
        guard index < count else { throw JSONEditError("there is no array element \(index)") }
        return index
    }

    private static func notAContainer(_ value: JSONValue, _ token: String) -> JSONEditError {
        JSONEditError("\(value.kind) has no member or element \(JSONValue.string(token))")
    }
}

extension WorkBudget {
    /// Counts elements that an insertion or removal moves.
    fileprivate mutating func moved(_ count: Int) throws(JSONEditError) {
        do { try move(count) } catch { throw .limit(error) }
    }

    /// The same of an object, whose members are a key and a value each.
    fileprivate mutating func movedMembers(_ count: Int) throws(JSONEditError) { try moved(2 * count) }
}

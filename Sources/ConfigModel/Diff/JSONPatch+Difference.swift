extension JSONPatch {
    /// The patch that makes `new` of `old`: `apply(to: old) == new`.
    ///
    /// Objects are compared member by member. Of arrays the common beginning and end are left alone, the elements between
    /// are compared in pairs. Linear in the size of both but for the depth.
    package static func difference(from old: JSONValue, to new: JSONValue) -> JSONPatch {
        var operations: [JSONPatchOperation] = []
        append(from: old, to: new, at: JSONPointer(), &operations)
        return JSONPatch(operations)
    }

    private static func append(
        from old: JSONValue, to new: JSONValue, at path: JSONPointer, _ operations: inout [JSONPatchOperation]
    ) {
        switch (old, new) {
        case (.object(let old), .object(let new)): append(from: old, to: new, at: path, &operations)
        case (.array(let old), .array(let new)): append(from: old, to: new, at: path, &operations)
        default: if old != new { operations.append(.replace(path, new)) }
        }
    }

    private static func append(
        from old: JSONObject, to new: JSONObject, at path: JSONPointer, _ operations: inout [JSONPatchOperation]
    ) {
        for pair in JSONMemberPairs(old: old, new: new) {
            let place = path.appending(pair.key)
            switch (pair.old, pair.new) {
            case (let old?, let new?): append(from: old, to: new, at: place, &operations)
            case (_?, nil): operations.append(.remove(place))
            case (nil, let new?): operations.append(.add(place, new))
            case (nil, nil): break
            }
        }
    }

    private static func append(
        from old: [JSONValue], to new: [JSONValue], at path: JSONPointer, _ operations: inout [JSONPatchOperation]
    ) {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let sameAtEnd = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
        let oldEnd = old.count - sameAtEnd
        let newEnd = new.count - sameAtEnd
        let pairedEnd = min(oldEnd, newEnd)
        for index in start..<pairedEnd {
            append(from: old[index], to: new[index], at: path.appending(String(index)), &operations)
        }
        for index in (pairedEnd..<oldEnd).reversed() { operations.append(.remove(path.appending(String(index)))) }
        for index in pairedEnd..<newEnd { operations.append(.add(path.appending(String(index)), new[index])) }
    }
}

import ConfigModel

/// Turns nodes into JSON values: scalars get their meaning, merge keys are resolved, keys are strings and occur once.
struct YAMLConversion {
    /// A member of an object with the place of its key.
    private struct Member {
        let key: String
        let value: JSONValue
        let offset: Int
    }

    let source: NotationSource
    let isVersion11: Bool

    func value(of node: YAMLNode) throws(NotationError) -> JSONValue {
        switch node.content {
        case .scalar(let text): return try scalar(text, node)
        case .sequence(let nodes):
            try check(node, isTaggedAs: .seq, "a list")
            var elements: [JSONValue] = []
            elements.reserveCapacity(nodes.count)
            for element in nodes { elements.append(try value(of: element)) }
            return .array(elements)
        case .mapping(let entries):
            try check(node, isTaggedAs: .map, "a mapping")
            return .object(try object(entries))
        }
    }

    private func check(_ node: YAMLNode, isTaggedAs tag: YAMLTag, _ what: String) throws(NotationError) {
        guard let found = node.tag, found != tag, found != .nonSpecific else { return }
        throw source.failure(at: node.offset, "\(what) cannot have the tag !!\(found.rawValue)")
    }

    private func scalar(_ text: String, _ node: YAMLNode) throws(NotationError) -> JSONValue {
        if let tag = node.tag {
            guard let value = YAMLScalar.tagged(text, tag) else {
                throw source.failure(at: node.offset, "this value does not fit its tag !!\(tag.rawValue)")
            }
            return value
        }
        guard node.style == .plain || node.style == .alias else { return .string(text) }
        if isVersion11 {
            if let flag = YAMLScalar.oldBool(text) { return .bool(flag) }
            guard !YAMLScalar.isOldNumber(text) else {
                throw source.failure(
                    at: node.offset,
                    "\(text.prefix(40)) is another number in YAML 1.1; write it in decimal, or in quotes if text is meant"
                )
            }
        }
        guard let value = YAMLScalar.plain(text) else {
            throw source.failure(
                at: node.offset, "JSON has no number \(text.prefix(40)); put it in quotes if text is meant")
        }
        return value
    }

    // MARK: Mappings

    private func object(_ entries: [YAMLEntry]) throws(NotationError) -> JSONObject {
        var members: [Member] = []
        members.reserveCapacity(entries.count)
        var merge: YAMLEntry?
        for entry in entries {
            if isMergeKey(entry.key) {
                guard merge == nil else {
                    throw source.failure(at: entry.key.offset, "<< occurs twice; write <<: [*a, *b] to merge several")
                }
                merge = entry
            } else {
                members.append(
                    Member(key: try key(entry.key), value: try value(of: entry.value), offset: entry.key.offset))
            }
        }
        let own = sorted(members)
        for (left, right) in zip(own, own.dropFirst()) where UTF8Order.areEqual(left.key, right.key) {
            throw source.failure(
                at: right.offset, "the key \(JSONValue.string(right.key)) occurs twice in the same mapping")
        }
        guard let merge else { return object(own) }
        for object in try sources(of: merge) {
            members += object.map { Member(key: $0.key, value: $0.value, offset: merge.key.offset) }
        }
        return object(withoutRepetitions(sorted(members)))
    }

    /// `<<` without quotes and without a tag.
    private func isMergeKey(_ key: YAMLNode) -> Bool {
        guard case .scalar("<<") = key.content else { return false }
        return key.style == .plain && key.tag == nil
    }

    /// What a merge key names: one mapping, or several of which the first that has a key counts.
    private func sources(of merge: YAMLEntry) throws(NotationError) -> [JSONObject] {
        let value = try value(of: merge.value)
        let values = if case .array(let elements) = value { elements } else { [value] }
        var objects: [JSONObject] = []
        for value in values {
            guard case .object(let object) = value else {
                throw source.failure(
                    at: merge.value.offset,
                    "<< merges mappings, not \(value.kind); put it in quotes if a key of that name is meant")
            }
            objects.append(object)
        }
        return objects
    }

    private func key(_ node: YAMLNode) throws(NotationError) -> String {
        guard case .scalar(let text) = node.content else {
            throw source.failure(
                at: node.offset,
                "a list or mapping cannot be a key in JSON; keys are text. Put the value in quotes if {{ }} or [ ] belong to its text"
            )
        }
        switch node.tag {
        case nil, .nonSpecific?, .str?: break
        case let tag?:
            throw source.failure(at: node.offset, "a key cannot have the tag !!\(tag.rawValue); keys are text")
        }
        if isVersion11, node.tag == nil, node.style == .plain, YAMLScalar.oldBool(text) != nil {
            throw source.failure(
                at: node.offset, "the key \(text) is a truth value in YAML 1.1; put it in quotes if text is meant")
        }
        guard node.tag != nil || node.style != .plain || !text.isEmpty else {
            throw source.failure(at: node.offset, "there is no key before ':'; write \"\" if the empty text is meant")
        }
        return text
    }

    // MARK: Order

    /// By the bytes of their keys; equal ones stay in their order.
    private func sorted(_ members: [Member]) -> [Member] {
        members.enumerated().sorted { left, right in
            let order = UTF8Order.compare(left.element.key, right.element.key)
            return order == 0 ? left.offset < right.offset : order < 0
        }.map(\.element)
    }

    /// Of members with equal keys the first.
    private func withoutRepetitions(_ sorted: [Member]) -> [Member] {
        var kept: [Member] = []
        for member in sorted {
            if let last = kept.last, UTF8Order.areEqual(last.key, member.key) { continue }
            kept.append(member)
        }
        return kept
    }

    private func object(_ members: [Member]) -> JSONObject {
        // Sorted and without repetitions: nothing is thrown, and nothing moved.
        (try? JSONObject(members.map { ($0.key, $0.value) })) ?? JSONObject()
    }
}

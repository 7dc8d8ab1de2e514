/// The members of two objects side by side, in the order of their keys; one pass over both.
struct JSONMemberPairs: Sequence, IteratorProtocol {
    typealias Element = (key: String, old: JSONValue?, new: JSONValue?)

    private var old: ArraySlice<JSONMember>
    private var new: ArraySlice<JSONMember>

    init(old: JSONObject, new: JSONObject) {
        self.old = old.members[...]
        self.new = new.members[...]
    }

    mutating func next() -> Element? {
        guard let left = old.first else { return new.popFirst().map { ($0.key, nil, $0.value) } }
        guard let right = new.first else { return old.popFirst().map { ($0.key, $0.value, nil) } }
        let order = UTF8Order.compare(left.key, right.key)
        if order <= 0 { old.removeFirst() }
        if order >= 0 { new.removeFirst() }
        if order == 0 { return (left.key, left.value, right.value) }
        return order < 0 ? (left.key, left.value, nil) : (right.key, nil, right.value)
    }
}

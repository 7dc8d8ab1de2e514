import ConfigModel

/// The way to a value inside of a document.
struct MemberPath: Hashable {
    /// One step of it.
    enum Step: Hashable {
        /// A member of an object.
        case member(String)
        /// An element of an array.
        case element(Int)
    }

    var steps: [Step]

    init(_ steps: [Step] = []) { self.steps = steps }

    init(members: [String]) { steps = members.map { .member($0) } }

    func appending(_ step: Step) -> MemberPath { MemberPath(steps + [step]) }
}

extension MemberPath {
    /// Reads the name of a property: `db.hosts[0].name`; what is in brackets and no number is a member as it stands there.
    ///
    /// - Throws: `UnreadableName`.
    init(property name: String) throws(UnreadableName) {
        var steps: [Step] = []
        var rest = name.utf8[...]
        var needsSeparator = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "[") {
                guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
                    throw UnreadableName(reason: "'[' has no ']'")
                }
                let text = String(Substring(rest[rest.index(after: rest.startIndex)..<end]))
                guard !text.isEmpty else { throw UnreadableName(reason: "there is nothing between '[' and ']'") }
                let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                if isNumber {
                    guard let index = Int(text), index < 100_000 else {
                        throw UnreadableName(reason: "the index \(text) is too large")
                    }
                    steps.append(.element(index))
                } else {
                    steps.append(.member(text))
                }
                rest = rest[rest.index(after: end)...]
                needsSeparator = true
            } else {
                if needsSeparator {
                    guard byte == UInt8(ascii: ".") else { throw UnreadableName(reason: "']' is not followed by '.'") }
                    rest = rest.dropFirst()
                }
                let word = rest.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") }
                guard !word.isEmpty else { throw UnreadableName(reason: "there is nothing between two dots") }
                steps.append(.member(String(Substring(word))))
                rest = rest[word.endIndex...]
                needsSeparator = true
            }
        }
        guard !steps.isEmpty else { throw UnreadableName(reason: "it is empty") }
        if name.utf8.last == UInt8(ascii: ".") { throw UnreadableName(reason: "it ends with a dot") }
        self.steps = steps
    }
}

/// A name of a property that is none.
struct UnreadableName: Error {
    /// Without a full stop.
    let reason: String
}

extension MemberPath.Step {
    /// Elements in their order before members in theirs.
    static func compare(_ left: MemberPath.Step, _ right: MemberPath.Step) -> Int {
        switch (left, right) {
        case (.element(let left), .element(let right)): left - right
        case (.element, .member): -1
        case (.member, .element): 1
        case (.member(let left), .member(let right)): UTF8Order.compare(left, right)
        }
    }
}

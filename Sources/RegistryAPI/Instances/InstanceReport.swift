package import ConfigModel

/// One message of an instance: what became of versions, what runs, and that it is there.
package struct InstanceReport: Sendable, Equatable {
    /// The process.
    package var instance: InstanceID
    /// A UUID that the process made when it began.
    package var incarnation: String
    /// Counts the messages of an incarnation, from 1.
    package var sequence: Int64
    /// When it was sent, by the instance's clock.
    package var sentAt: Timestamp
    /// What the instance says about itself: in the first message, and after it was asked.
    package var hello: InstanceFacts?
    /// What became of versions.
    package var outcomes: [ReportedOutcome]
    /// What runs.
    package var state: ReportedState?
    /// True when the process ends.
    package var isLast: Bool

    /// Puts a report together.
    package init(
        instance: InstanceID, incarnation: String, sequence: Int64, sentAt: Timestamp, hello: InstanceFacts? = nil,
        outcomes: [ReportedOutcome] = [], state: ReportedState? = nil, isLast: Bool = false
    ) {
        self.instance = instance
        self.incarnation = incarnation
        self.sequence = sequence
        self.sentAt = sentAt
        self.hello = hello
        self.outcomes = outcomes
        self.state = state
        self.isLast = isLast
    }
}

extension InstanceReport {
    /// The largest, in bytes; an instance that has more to say sends several.
    package static let maximumBytes = 65_536

    private static let type = "answers"
    private static let schemaVersion = "1.0"
    private static let members: Set<String> = [
        "type", "version", "instance", "incarnation", "seq", "sent_at", "hello", "outcomes", "state", "bye",
    ]

    /// Reads a report that was received.
    ///
    /// - Parameters:
    ///   - object: the message.
    ///   - place: where it stands in a body.
    /// - Returns: the report, and how many members were ignored because they are not known.
    package static func reading(
        _ object: JSONObject, at place: [String] = []
    ) throws(Problem) -> (report: InstanceReport, unknownMembers: Int) {
        let unknown = ReportPart.UnknownMembers()
        let report = try InstanceReport(ReportPart(object, at: place, unknown: unknown))
        return (report, unknown.count)
    }

    private init(_ part: ReportPart) throws(Problem) {
        _ = try part.parsed("type", "\"\(Self.type)\"") { $0 == Self.type ? $0 : nil }
        // Another minor version only adds members.
        _ = try part.parsed("version", "1 and a minor version, such as \(Self.schemaVersion)") {
            $0.hasPrefix("1.") ? $0 : nil
        }
        let name = try part.fields { object throws(JSONFieldError) in try object.string("instance") }
        do { instance = try InstanceID(name) } catch { throw part.invalid("instance", error.description) }
        incarnation = try part.parsed("incarnation", "a UUID in lower case") { UUIDText.isWellFormed($0) ? $0 : nil }
        sequence = try part.number("seq", from: 1)
        sentAt = try part.moment("sent_at")
        hello = try part.part("hello").map { part throws(Problem) in try InstanceFacts(part) }
        outcomes = []
        for outcome in try part.parts("outcomes") ?? [] { outcomes.append(try ReportedOutcome(outcome)) }
        state = try part.part("state").map { part throws(Problem) in try ReportedState(part) }
        isLast = try part.fields { object throws(JSONFieldError) in try object.optionalBool("bye") } ?? false
        part.countUnknown(Self.members)
    }

    /// Writes the members of the message.
    package func write(to object: inout JSONWriter) {
        object.member("type", Self.type)
        object.member("version", Self.schemaVersion)
        object.member("instance", instance.text)
        object.member("incarnation", incarnation)
        object.member("seq", sequence)
        object.member("sent_at", sentAt.description)
        if let hello { object.object("hello", hello.write) }
        if !outcomes.isEmpty {
            object.array("outcomes") { list in
                for outcome in outcomes { list.object(outcome.write) }
            }
        }
        if let state { object.object("state", state.write) }
        if isLast { object.member("bye", true) }
    }

    /// The message.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object(write)
        return writer.bytes
    }
}

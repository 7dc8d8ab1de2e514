package import ConfigModel

/// What an instance says about itself once, and again when it is asked: the member `hello` of a report.
package struct InstanceFacts: Sendable, Hashable {
    /// How changes reach it.
    package enum Transport: String, Sendable, CaseIterable {
        /// RabbitMQ.
        case amqp
        /// Server-sent events of a registry.
        case sse
        /// It asks.
        case polling
    }

    /// When the process began, by its own clock.
    package var startedAt: Timestamp
    /// What runs, for example `parsing`.
    package var application: String
    /// Its version.
    package var applicationVersion: String?
    /// What speaks, for example `configbus-swift/1.0.0`.
    package var library: String?
    /// The machine.
    package var host: String?
    /// The process.
    package var pid: Int64?
    /// How changes reach it.
    package var transport: Transport?
    /// What an operator says about it.
    package var labels: InstanceLabels
    /// What decides about its place in a rollout; nil is the instance's name.
    package var ringKey: String?
    /// What it can do.
    package var features: [String]
    /// The schemas that it understands, for example `parsing/3`.
    package var understands: [String]

    /// Puts facts together.
    package init(
        startedAt: Timestamp, application: String, applicationVersion: String? = nil, library: String? = nil,
        host: String? = nil, pid: Int64? = nil, transport: Transport? = nil, labels: InstanceLabels = InstanceLabels(),
        ringKey: String? = nil, features: [String] = [], understands: [String] = []
    ) {
        self.startedAt = startedAt
        self.application = application
        self.applicationVersion = applicationVersion
        self.library = library
        self.host = host
        self.pid = pid
        self.transport = transport
        self.labels = labels
        self.ringKey = ringKey
        self.features = features
        self.understands = understands
    }
}

extension InstanceFacts {
    private static let longest = 128
    private static let words = 16
    private static let members: Set<String> = [
        "started_at", "application", "application_version", "library", "host", "pid", "transport", "labels", "ring_key",
        "features", "understands",
    ]

    init(_ part: ReportPart) throws(Problem) {
        self.init(
            startedAt: try part.moment("started_at"),
            application: try part.text("application", atMost: Self.longest),
            applicationVersion: try part.optionalText("application_version", atMost: Self.longest),
            library: try part.optionalText("library", atMost: Self.longest),
            host: try part.optionalText("host", atMost: Self.longest),
            pid: try part.optionalNumber("pid", from: 1),
            transport: try part.optionalWord("transport"),
            labels: try Self.labels(part),
            ringKey: try part.optionalText("ring_key", atMost: Self.longest),
            features: try part.words("features", atMost: Self.words),
            understands: try part.words("understands", atMost: Self.words))
        part.countUnknown(Self.members)
    }

    private static func labels(_ part: ReportPart) throws(Problem) -> InstanceLabels {
        guard let object = try part.fields({ object throws(JSONFieldError) in try object.optionalObject("labels") })
        else { return InstanceLabels() }
        var values: [String: String] = [:]
        for (key, value) in object {
            guard case .string(let text) = value else {
                throw part.invalid("labels", "each of its members must be a string, not \(value.kind).")
            }
            values[key] = text
        }
        do { return try InstanceLabels(values) } catch { throw part.invalid("labels", error.description) }
    }

    /// Writes the members of the object.
    package func write(to object: inout JSONWriter) {
        object.member("started_at", startedAt.description)
        object.member("application", application)
        object.member("application_version", applicationVersion)
        object.member("library", library)
        object.member("host", host)
        object.member("pid", pid)
        object.member("transport", transport?.rawValue)
        object.object("labels") { labels in
            for (key, value) in self.labels.values.sorted(by: { $0.key < $1.key }) { labels.member(key, value) }
        }
        object.member("ring_key", ringKey)
        if !features.isEmpty { object.member("features", features) }
        if !understands.isEmpty { object.member("understands", understands) }
    }
}

import ConfigModel

/// Which reports a registry takes from instances, and how often: its response to a report.
package struct ReportPolicy: Sendable, Equatable {
    /// Whether it takes reports.
    package enum Mode: String, Sendable, CaseIterable {
        /// It does.
        case on
        /// It does not; an instance asks again later.
        case off
    }

    /// Whether it takes reports.
    package var mode: Mode
    /// How often an instance without a stream says that it is there, in whole seconds.
    package var heartbeat: Duration

    /// Puts a policy together.
    package init(mode: Mode, heartbeat: Duration) {
        self.mode = mode
        self.heartbeat = heartbeat
    }
}

extension ReportPolicy {
    /// Reads a response.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in
            let policy = try object.object("policy")
            return ReportPolicy(
                mode: try policy.parsed("mode") { Mode(rawValue: $0) },
                heartbeat: .seconds(max(1, try policy.int64("heartbeat_s"))))
        }
    }

    /// The body of a response.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { body in
            body.object("policy") { policy in
                policy.member("mode", mode.rawValue)
                policy.member("heartbeat_s", heartbeat.components.seconds)
            }
        }
        return writer.bytes
    }
}

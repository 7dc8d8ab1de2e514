import ConfigModel

/// What one check of `doctor` found.
struct Finding: Sendable {
    enum Status: String, Sendable {
        case good
        case warning
        case bad
    }

    let check: String
    let status: Status
    /// What was seen and, unless it is good, what to do.
    let detail: String

    var json: JSONValue {
        var object = JSONObject()
        object["check"] = .string(check)
        object["status"] = .string(status.rawValue)
        object["detail"] = .string(detail)
        return .object(object)
    }

    func line(for stream: StandardStream) -> String {
        let sign =
            switch status {
            case .good: stream.colored("ok  ", .green)
            case .warning: stream.colored("warn", .yellow)
            case .bad: stream.colored("FAIL", .red)
            }
        return "\(sign)  \(check): \(ControlCharacters.escaped(detail))"
    }
}

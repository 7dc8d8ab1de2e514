import ConfigModel
import RegistryAPI
import RegistryClient

/// Checks that need nothing but the registry's address.
struct RegistryChecks {
    let client: RegistryClient

    /// What was found, and what the registry says about itself; nil when it did not answer.
    func report() async -> (findings: [Finding], health: HealthResponse?) {
        do {
            let health = try await client.health()
            return (await findings(health), health)
        } catch {
            return ([Finding(check: "registry", status: .bad, detail: CommandFailure(error).description)], nil)
        }
    }

    private func findings(_ health: HealthResponse) async -> [Finding] {
        var findings = [overall(health)]
        findings += ["store", "bus"].compactMap { part(named: $0, of: health) }
        findings += [signing(health), SchemaFindings.finding(health), clock(health)].compactMap(\.self)
        if let lag = health.details["announce_lag_seconds"], case .number(let number) = lag, let seconds = number.double
        {
            findings.append(
                Finding(
                    check: "announcing", status: seconds > 60 ? .warning : .good,
                    detail: seconds > 60
                        ? "The oldest change that is not announced is \(Int(seconds)) s old; look at the broker."
                        : "Nothing waits for longer than it should."))
        }
        findings += [foreignEpoch(health)].compactMap(\.self) + DamagedVersions.findings(health)
        findings.append(await watching())
        return findings
    }

    private func overall(_ health: HealthResponse) -> Finding {
        // Details are for callers that may monitor.
        let version = text(health.details["version"]) ?? "which shows its details to a token with monitor:#/* only"
        let status: Finding.Status =
            switch health.status {
            case .healthy: .good
            case .degraded: .warning
            case .unhealthy: .bad
            }
        let advice =
            switch health.status {
            case .healthy: ""
            case .degraded: " It answers; what follows says what is missing."
            case .unhealthy: " It cannot answer; what follows and its log say why."
            }
        return Finding(
            check: "registry", status: status,
            detail: "\(client.url) is \(health.status.rawValue), \(version).\(advice)")
    }

    private func part(named name: String, of health: HealthResponse) -> Finding? {
        guard let value = health.details[name] else { return nil }
        guard case .object(let object) = value else {
            return Finding(check: name, status: .good, detail: text(value) ?? value.description)
        }
        let status = text(object["status"]) ?? "unknown"
        let isGood = ["connected", "healthy", "ok", "available"].contains(status)
        let advice = isGood ? "" : Self.advice[name].map { ". " + $0 } ?? ""
        return Finding(
            check: name, status: isGood ? .good : .warning, detail: PlainMembers.text(object) + advice)
    }

    /// What to do about a part that is not as it should be.
    private static let advice = [
        "store":
            "Check that the database runs and that the registry reaches it (--mongodb-uri); nothing can be read or "
            + "written until then.",
        "bus":
            "Check the broker, the login and the exchange (--amqp-uri); writes go on and are announced when it is back.",
    ]

    /// A registry that can accept no write is no healthy one, whatever else works.
    private func signing(_ health: HealthResponse) -> Finding? {
        guard case .object(let signing)? = health.details["signing"] else { return nil }
        if let reason = text(signing["reason"]) { return Finding(check: "signing", status: .bad, detail: reason) }
        return Finding(
            check: "signing", status: .good,
            detail: "Writes are accepted (signing: \(text(signing["rule"]) ?? "unknown")).")
    }

    /// Tokens end by the clock of each registry.
    private func clock(_ health: HealthResponse) -> Finding? {
        guard case .object(let store)? = health.details["store"],
            case .number(let number)? = store["clock_lead_seconds"],
            let lead = number.double, abs(lead) > 5, abs(lead) < 1e9
        else { return nil }
        return Finding(
            check: "clock", status: .warning,
            detail:
                "The registry's clock is \(Int(abs(lead).rounded())) s \(lead > 0 ? "ahead of" : "behind") the database's: "
                + "tokens end at another time than they say. Set the clocks of both machines (NTP).")
    }

    private func foreignEpoch(_ health: HealthResponse) -> Finding? {
        guard let epoch = text(health.details["foreign_epoch"]) else { return nil }
        return Finding(
            check: "exchange", status: .warning,
            detail:
                "Another store, of epoch \(epoch), announces on this registry's exchange: give each store an exchange "
                + "of its own (--exchange).")
    }

    /// A stream that sends the present state is what every watcher without a broker lives on.
    private func watching() async -> Finding {
        do {
            // What is below a name is narrowed to what the token permits; a service that it does not permit would be refused.
            try await client.withWatch(WatchSelection(prefix: "configbus-doctor")) { messages in
                for try await message in messages {
                    if case .synced = message { return }
                }
            }
            return Finding(
                check: "watching", status: .good, detail: "A stream of events was in step at once.")
        } catch {
            return watching(failedWith: error)
        }
    }

    private func watching(failedWith error: any Error) -> Finding {
        let failure = error as? RegistryClientError
        let reason = failure.map { CommandFailure($0).description } ?? "\(error)."
        return switch failure?.code {
        case .unauthorized?: Finding(check: "watching", status: .bad, detail: reason)
        case .forbidden?:
            Finding(check: "watching", status: .warning, detail: "No stream of events was tried: \(reason)")
        default:
            Finding(
                check: "watching", status: .bad,
                detail: "No stream of events: \(reason) Does something between buffer or cut long responses?")
        }
    }

    private func text(_ value: JSONValue?) -> String? {
        guard case .string(let text)? = value else { return nil }
        return text
    }
}

/// An object's members in one line for people.
private enum PlainMembers {
    static func text(_ object: JSONObject) -> String {
        object.map { key, value in
            if case .string(let text) = value { "\(key) \(text)" } else { "\(key) \(value)" }
        }.joined(separator: ", ")
    }
}

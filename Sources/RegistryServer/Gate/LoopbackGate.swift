import ConfigAccess
import HTTPTypes
import RegistryAPI

/// Keeps other machines and other people's web pages out while there is no authentication, and permits everything to all
/// others.
///
/// The server listens on a loopback address then, which a page in a browser on this machine can reach too: by a name that
/// resolves to it (DNS rebinding: the `Host` shows it), from a script (the `Origin` shows it), or through a proxy that
/// makes the registry reachable from outside (`X-Forwarded-*` shows it).
struct LoopbackGate: RequestGate {
    /// Of the server's own address.
    var scheme = "http"

    func permit(_ action: Action, on scope: ActionScope, to principal: Principal) throws(Problem) {
        do throws(AccessRefusal) { try principal.permit(action) } catch { throw Problem(error, principal) }
    }

    func admit(_ head: HTTPRequest, on connection: ClientConnection) -> Admission.Decision {
        do throws(Problem) { return .admitted(try principal(of: head)) } catch { return .refused(error) }
    }

    /// Who sent a request.
    ///
    /// - Throws: the refusal, which is the response.
    func principal(of head: HTTPRequest) throws(Problem) -> Principal {
        // A probe comes to the address under which the machine or the container is known.
        guard let host = head.authority, LoopbackAddress.containsHost(ofAuthority: host) || head.isProbe else {
            throw Problem(
                .notAllowedHost,
                "Without authentication the registry answers only to 127.0.0.1, localhost or [::1]; use that in the URL."
            )
        }
        for field in head.headerFields {
            if field.name == .origin, field.value != "\(scheme)://\(host)" { throw Self.foreignOrigin }
            if field.name == .hostAgain { throw Problem(.notAllowedHost, "Send one Host header, not several.") }
            if field.name == .forwarded || field.name.canonicalName.utf8.starts(with: Self.forwardedPrefix) {
                throw Self.forwarded
            }
        }
        return .loopback
    }

    private static let forwardedPrefix = "x-forwarded-".utf8

    private static var foreignOrigin: Problem {
        Problem(
            .notAllowedOrigin,
            "Without authentication the registry answers no page from another origin.")
    }

    private static var forwarded: Problem {
        Problem(
            .forwarded,
            "Without authentication the registry must not be reached through a proxy; connect to it directly.")
    }
}

extension HTTPRequest {
    /// True for what says nothing but that the registry runs, or is ready.
    fileprivate var isProbe: Bool {
        let target = path?.prefix { $0 != "?" }
        return target == "/health/live" || target == "/health/ready"
    }
}

package import ConfigModel
import Crypto

/// Whom client certificates stand for, and what they may do: what the file of `--tls-identities` says.
package struct CertificateIdentities: Sendable {
    /// How many entries there may be.
    static let maximumCount = 10_000
    /// What the identity of a certificate that no entry names begins with, and no other.
    static let unmapped = "unmapped/"

    /// The part of a certificate with which an entry is compared, whole.
    private enum Name: Sendable, Hashable {
        case uri(JSONValue)
        case dns(JSONValue)
        case common(JSONValue)
    }

    private struct Entry: Sendable {
        let identity: String
        let grants: [Grant]
    }

    private var entries: [Entry] = []
    /// The place of an entry by its name.
    private var places: [Name: Int] = [:]
    /// SHA-256 of what was read.
    private let fingerprint: [UInt8]

    /// Reads entries.
    ///
    /// - Parameters:
    ///   - value: what the file says.
    ///   - file: the file's name, for errors.
    /// - Throws: a sentence that names the file and the entry.
    package init(_ value: JSONValue, file: String) throws(UnusableSettings) {
        guard case .array(let elements) = value else {
            throw UnusableSettings(
                "\(file): it must be a list of entries with 'uri', 'dns' or 'name', 'identity' and 'grants', not "
                    + "\(value.kind).")
        }
        guard elements.count <= Self.maximumCount else {
            throw UnusableSettings("\(file): it has \(elements.count) entries; \(Self.maximumCount) are possible.")
        }
        fingerprint = Array(SHA256.hash(data: value.canonicalBytes))
        for (index, element) in elements.enumerated() {
            let place = "\(file): entry \(index + 1)"
            guard case .object(let object) = element else {
                throw UnusableSettings("\(place): it must be an object, not \(element.kind).")
            }
            let (name, entry) = try UnusableSettings.at(place) { () throws(JSONFieldError) in
                (try Self.name(of: object), try Self.entry(object))
            }
            if let other = places.updateValue(index, forKey: name) {
                throw UnusableSettings(
                    "\(place): it names the same certificates as entry \(other + 1), which goes before it.")
            }
            entries.append(entry)
        }
    }

    /// The identity of a verified certificate: that of the first entry that names it.
    package func principal(of certificate: ClientCertificate) -> Principal {
        var names = certificate.uris.map { Name.uri(.string($0)) } + certificate.dnsNames.map { Name.dns(.string($0)) }
        if !certificate.hasAlternativeNames, let name = certificate.commonName { names.append(.common(.string(name))) }
        let entry = names.compactMap { places[$0] }.min().map { entries[$0] }
        return Principal(
            kind: .certificate,
            name: "\(Principal.Kind.certificate.rawValue):\(entry?.identity ?? certificate.unmappedIdentity)",
            grants: entry?.grants ?? [], expiresAt: certificate.end)
    }

    private static func name(of object: JSONObject) throws(JSONFieldError) -> Name {
        try object.refuseFields(otherThan: ["uri", "dns", "name", "identity", "grants"])
        let (uri, dns, name) = (
            try object.optionalString("uri"), try object.optionalString("dns"), try object.optionalString("name")
        )
        for text in [uri, dns, name] where text?.isEmpty == true {
            throw JSONFieldError(field: "uri", problem: .invalid("what a certificate is compared with is not empty."))
        }
        switch (uri, dns, name) {
        case (let uri?, nil, nil): return .uri(.string(uri))
        case (nil, let dns?, nil): return .dns(.string(dns))
        case (nil, nil, let name?): return .common(.string(name))
        default:
            throw JSONFieldError(
                field: "uri",
                problem: .invalid("an entry has exactly one of 'uri', 'dns' and 'name' (the common name)."))
        }
    }

    private static func entry(_ object: JSONObject) throws(JSONFieldError) -> Entry {
        let identity = try object.string("identity")
        guard IdentityText.isValid(identity), !identity.hasPrefix(unmapped) else {
            throw JSONFieldError(
                field: "identity",
                problem: .invalid(
                    "it has 1 to \(IdentityText.maximumBytes) printable ASCII characters, none of them blank, and does not "
                        + "begin with '\(unmapped)'."))
        }
        return Entry(identity: identity, grants: try GrantList.read("grants", of: object))
    }
}

extension CertificateIdentities: Equatable {
    /// True when both say the same.
    package static func == (left: CertificateIdentities, right: CertificateIdentities) -> Bool {
        left.fingerprint == right.fingerprint
    }
}

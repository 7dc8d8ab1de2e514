package import ConfigAccess
import NIOCore
import NIOSSL
import SwiftASN1

extension ClientCertificate {
    /// Reads a certificate that was verified: the handshake fails for every other one.
    ///
    /// - Throws: an error of the parser; a certificate that cannot be read stands for no client.
    init(_ certificate: NIOSSLCertificate) throws {
        let names = try CertificateNames(der: certificate.toDERBytes())
        self.init(
            uris: names.uris, dnsNames: names.dnsNames, commonName: names.commonName,
            hasAlternativeNames: names.hasAlternativeNames, notAfter: Int64(certificate.notValidAfter))
    }
}

/// The names in an X.509 certificate (RFC 5280, section 4.1).
private struct CertificateNames {
    private static let commonNameType: ASN1ObjectIdentifier = [2, 5, 4, 3]
    private static let alternativeNames: ASN1ObjectIdentifier = [2, 5, 29, 17]

    var uris: [String] = []
    var dnsNames: [String] = []
    var commonName: String?
    var hasAlternativeNames = false

    init(der: [UInt8]) throws {
        // The signed part is the first of three.
        guard let signed = try DER.parse(der).parts.first else { throw ASN1Error.unreadable }
        var fields = signed.parts[...]
        // The version has a tag of its own and may be left out.
        if fields.first?.identifier == Self.context(0) { fields.removeFirst() }
        // Serial number, algorithm, issuer, validity, subject, key.
        guard fields.count >= 6 else { throw ASN1Error.unreadable }
        let subject = fields[fields.startIndex + 4]
        commonName = try Self.commonName(in: subject)
        for field in fields.dropFirst(6) where field.identifier == Self.context(3) {
            for node in field.parts.first?.parts ?? [] { try read(extension: node) }
        }
    }

    private mutating func read(extension node: ASN1Node) throws {
        let parts = node.parts
        guard let type = parts.first, let value = parts.last,
            try ASN1ObjectIdentifier(derEncoded: type) == Self.alternativeNames
        else { return }
        hasAlternativeNames = true
        for name in try DER.parse(ASN1OctetString(derEncoded: value).bytes).parts {
            guard let text = name.text else { continue }
            switch name.identifier {
            case Self.context(2): dnsNames.append(text)
            case Self.context(6): uris.append(text)
            default: break
            }
        }
    }

    private static func commonName(in subject: ASN1Node) throws -> String? {
        var names: [String?] = []
        for attribute in subject.parts.flatMap(\.parts) {
            let parts = attribute.parts
            guard parts.count == 2, try ASN1ObjectIdentifier(derEncoded: parts[0]) == commonNameType else { continue }
            names.append(parts[1].text)
        }
        return names.count == 1 ? names[0] : nil
    }

    private static func context(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }

    private enum ASN1Error: Error { case unreadable }
}

extension ASN1Node {
    /// What a sequence or a set is made of.
    fileprivate var parts: [ASN1Node] {
        guard case .constructed(let nodes) = content else { return [] }
        return Array(nodes)
    }

    /// A string without control characters; nil for any other, so that no name has two readings.
    fileprivate var text: String? {
        guard case .primitive(let bytes) = content, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// The verified certificate of the connection's client; nil when it has none, before the handshake, and without TLS.
    /// Call it on the connection's event loop.
    package var peerCertificate: ClientCertificate? { (try? handler(type: EncryptedConnection.self))?.peer }
}

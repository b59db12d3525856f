import Artifact
import ServerTexts

/// Domains below which names belong to strangers, as the program contains them: dynamic-DNS
/// services, hosters and platforms.
///
/// Our own collection, facts only. A missing domain errs towards linking strangers, a wrong one
/// towards `unknown`. `datasets/reference/shared-domains.json` is this list, written by its test.
enum SharedDomainList {
  struct Entry: Equatable {
    /// `#` stands for one digit and more.
    let domain: String
    let kind: SharedDomains.Kind
    let owner: String
    /// How it is known; see `note`.
    let source: String
  }

  static let date = "2026-11-25"

  static let note = """
    Domains below which names belong to strangers. `#` stands for one digit and more. Source `psl`: \
    stands in the private section of the Public Suffix List of 2023-02-09; `lists`: public lists of \
    Electrum servers hold such a name of the service's customers; `known`: generally known as the \
    service's, not checked against a document of it.
    """

  /// Sorted by domain.
  static let entries: [Entry] = {
    var entries: [Entry] = []
    var group: [String] = []
    for line in groups.split(separator: "\n") {
      if !line.hasPrefix(" ") {
        group = line.split(separator: "|").prefix(3).map {
          String($0.trimmingPrefix(" ").dropLast())
        }
      }
      let domains =
        line.hasPrefix(" ") ? line : line[(line.lastIndex(of: "|") ?? line.startIndex)...]
      for domain in domains.split(separator: " ") where domain != "|" {
        entries.append(
          Entry(
            domain: String(domain), kind: SharedDomains.Kind(rawValue: group[0]) ?? .unspecified,
            owner: group[1], source: group[2]))
      }
    }
    return entries.sorted { $0.domain < $1.domain }
  }()

  /// The list as a `shared-domains.v1` file.
  static var file: String {
    let lines = entries.map { entry in
      "    "
        + JSONValue.object([
          ("domain", .string(entry.domain)), ("kind", .string(entry.kind.rawValue)),
          ("of", .string(entry.owner)), ("source", .string(entry.source)),
        ]).canonicalText
    }
    return """
      {
        "schema": "shared-domains.v1",
        "date": "\(date)",
        "note": \(JSONValue.string(note).canonicalText),
        "domains": [
      \(lines.joined(separator: ",\n"))
        ]
      }

      """
  }

  /// `kind | owner | source | domains`; a line that begins with a space goes on with the domains.
  private static let groups = """
    dynamic-dns | ChangeIP | known | changeip.co changeip.org ddns.info ddns.mobi ddns.name
      ddns.us dns-dns.com dns1.us dns2.us dynamic-dns.net dynssl.com ns01.info ns01.us ns02.info
      ns02.us
    dynamic-dns | ChangeIP | lists | changeip.net
    dynamic-dns | ClouDNS | known | cloudns.cl cloudns.nz cloudns.ph
    dynamic-dns | ClouDNS | psl | cloudns.asia cloudns.biz cloudns.cc cloudns.club cloudns.eu
      cloudns.in cloudns.info cloudns.org cloudns.pro cloudns.pw cloudns.us
    dynamic-dns | DNSexit | known | line.pm linkpc.net publicvm.com run.place work.gd
    dynamic-dns | DtDNS | known | dtdns.net
    dynamic-dns | Duck DNS | psl | duckdns.org
    dynamic-dns | Dyn | psl | dnsalias.com dnsalias.net dnsalias.org dnsdojo.com dnsdojo.net
      dnsdojo.org doesntexist.com doesntexist.org dynalias.com dynalias.net dynalias.org
      dyndns-at-home.com dyndns-at-work.com dyndns-free.com dyndns-home.com dyndns-ip.com
      dyndns-office.com dyndns-remote.com dyndns-server.com dyndns-web.com dyndns-work.com
      dyndns.biz dyndns.info dyndns.org dyndns.tv dyndns.ws endofinternet.net endofinternet.org
      game-host.org getmyip.com gotdns.com gotdns.org homedns.org homeftp.net homeftp.org
      homeip.net homelinux.com homelinux.net homelinux.org homeunix.com homeunix.net
      homeunix.org is-a-geek.com is-a-geek.net is-a-geek.org kicks-ass.net kicks-ass.org
      selfip.biz selfip.com selfip.info selfip.net selfip.org serveftp.net serveftp.org
      servegame.org thruhere.net webhop.net webhop.org
    dynamic-dns | Dynu | psl | accesscam.org camdvr.org casacam.net ddnsfree.com ddnsgeek.com
      dynu.net freeddns.org giize.com gleeze.com kozow.com loseyourip.com mywire.org ooguy.com
      theworkpc.com webredirect.org
    dynamic-dns | FreeDNS (afraid.org) | known | afraid.org crabdance.com jumpingcrab.com
      twilightparadox.com us.to
    dynamic-dns | FreeDNS (afraid.org) | lists | chickenkiller.com ignorelist.com mooo.com
      strangled.net
    dynamic-dns | No-IP | known | freedynamicdns.net freedynamicdns.org myddns.me viewdns.net
    dynamic-dns | No-IP | psl | 3utilities.com bounceme.net ddns.me ddns.net gotdns.ch hopto.me
      hopto.org myftp.biz myftp.org myvnc.com no-ip.biz no-ip.info no-ip.org noip.me noip.us
      onthewifi.com redirectme.net servebeer.com serveblog.net servecounterstrike.com
      serveftp.com servegame.com servehalflife.com servehttp.com serveirc.com serveminecraft.net
      servemp3.com servepics.com servequake.com sytes.net webhop.me zapto.org
    dynamic-dns | Securepoint | psl | firewall-gateway.com firewall-gateway.de
      firewall-gateway.net my-firewall.org my-gateway.de my-router.de myfirewall.org spdns.de
      spdns.eu spdns.org
    dynamic-dns | ddnss.de | known | ddnss.eu
    dynamic-dns | ddnss.de | psl | ddnss.de ddnss.org dyn-ip24.de dyndns1.de home-webserver.de
      my-wan.de myhome-server.de syno-ds.de
    dynamic-dns | deSEC | psl | dedyn.io
    dynamic-dns | dynv6 | known | dns.army dns.navy v6.army v6.navy v6.rocks
    dynamic-dns | dynv6 | psl | dynv6.net
    dynamic-dns | goip.de | psl | goip.de
    dynamic-dns | makers of routers and NAS | known | asuscomm.com keenetic.link keenetic.name
      keenetic.pro mycloudnas.com mynetname.net myqnapcloud.cn quickconnect.to tplinkdns.com
      wd2go.com
    dynamic-dns | makers of routers and NAS | psl | alpha-myqnapcloud.com dev-myqnapcloud.com
      diskstation.me drayddns.com dscloud.biz dscloud.me dscloud.mobi dsmynas.com dsmynas.net
      dsmynas.org familyds.com familyds.net familyds.org i234.me myds.me myfritz.net
      myqnapcloud.com synology.me
    dynamic-dns | names that hold an address | known | nip.io sslip.io xip.io
    dynamic-dns | noip.pl | lists | noip.pl
    dynamic-dns | now-dns | known | now-ip.net now-ip.org wifizone.org
    dynamic-dns | now-dns | psl | 001www.com dnsiskinky.com dynserv.org forumz.info mypi.co
      n4t.co now-dns.org now-dns.top ntdll.top soundcast.me tcp4.me vpndns.net x443.pw
    dynamic-dns | nsupdate.info | psl | nsupdate.info
    dynamic-dns | selfHOST | known | selfhost.bz selfhost.de selfhost.me
    dynamic-dns | selfHOST | lists | selfhost.eu
    dynamic-dns | small services | known | ipq.co ydns.eu ydns.io
    dynamic-dns | small services | psl | dnshome.de dy.fi freemyip.com myiphost.com nerdpol.ovh
    hoster | Akamai (Linode) | known | akamaitechnologies.com linodeusercontent.com
    hoster | Akamai (Linode) | psl | members.linode.com
    hoster | Amazon Web Services | known | amazonaws.com amazonaws.com.cn
    hoster | Amazon Web Services | psl | awsglobalaccelerator.com
    hoster | Contabo | known | contabo.host
    hoster | Contabo | lists | contaboserver.net
    hoster | DigitalOcean | psl | digitaloceanspaces.com ondigitalocean.app
    hoster | GoDaddy | known | secureserver.net
    hoster | Google Cloud | known | googleusercontent.com
    hoster | Google Cloud | psl | appspot.com run.app
    hoster | Hetzner | lists | your-server.de
    hoster | Hostinger | known | hostingersite.com hstgr.cloud
    hoster | IONOS and Strato | known | kundenserver.de onlinehome-server.com
      onlinehome-server.info perfora.net stratoserver.net
    hoster | Microsoft Azure | known | azure-api.net windows.net
    hoster | Microsoft Azure | lists | azure.com
    hoster | Microsoft Azure | psl | azurestaticapps.net azurewebsites.net cloudapp.net
    hoster | Mythic Beasts | psl | vs.mythic-beasts.com
    hoster | OVHcloud | known | ip-#-#-#.net ovh.ca ovh.net ovh.us
    hoster | OVHcloud | lists | ip-#-#-#.eu
    hoster | PlusServer and Host Europe | known | startdedicated.com startdedicated.net
    hoster | PlusServer and Host Europe | lists | startdedicated.de
    hoster | Rackspace | known | static.cloud-ips.com
    hoster | Scaleway | known | online.net poneytelecom.eu scw.cloud
    hoster | Scaleway | psl | dedibox.fr
    hoster | Vultr | known | choopa.net vultrusercontent.com
    hoster | netcup | known | goodsrv.de happysrv.de hotsrv.de luckysrv.de megasrv.de nicesrv.de
      powersrv.de quicksrv.de supersrv.de ultrasrv.de yourvserver.net
    hoster | netcup | lists | bestsrv.de
    hoster | several hosters | known | hosted-by-vdsina.ru hostwindsdns.com time4vps.cloud
      time4vps.eu transip.net upcloud.host
    hoster | several hosters | psl | fastvps-server.com
    platform | Voltage | known | voltageapp.io
    platform | platforms | known | lhr.life loca.lt localhost.run ngrok-free.app ngrok.app
      pagekite.me playit.gg railway.app replit.dev serveo.net
    platform | platforms | psl | fly.dev github.io gitlab.io herokuapp.com netlify.app ngrok.io
      onrender.com pages.dev trycloudflare.com ts.net vercel.app workers.dev
    """
}

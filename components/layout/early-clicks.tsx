/**
 * A click on a button that React has not taken over yet would be lost. The last one is kept, and made again once the
 * button has its properties and the page rests: React gives the properties before it listens. After ten seconds, or
 * when the person presses elsewhere, it is forgotten. Only for plain buttons: links and forms work without scripts.
 * So it is with Ctrl or Cmd and a key, which a button announces as its shortcut: pressed before anything listens for
 * it (nobody has prevented what the browser would do with it), it counts as a click on that button.
 */
const script = `(function(){
  var kept=null,until=0,isRested=false;
  var whenIdle=window.requestIdleCallback||function(f){setTimeout(f,200)};
  var isTaken=function(e){for(var n in e)if(n.indexOf('__reactProps$')===0)return true;return false};
  var again=function(){
    var e=kept;
    if(!e||!e.isConnected||e.disabled||Date.now()>until){kept=null;return}
    if(!isTaken(e)){setTimeout(again,50);return}
    if(!isRested){isRested=true;whenIdle(again);return}
    kept=null;
    e.focus();
    e.dispatchEvent(new PointerEvent('pointerdown',{bubbles:true,cancelable:true,button:0,pointerType:'mouse'}));
    e.dispatchEvent(new PointerEvent('pointerup',{bubbles:true,cancelable:true,button:0,pointerType:'mouse'}));
    e.click();
  };
  var keep=function(e){
    var isNew=kept===null;
    kept=e;isRested=false;until=Date.now()+10000;
    if(isNew)setTimeout(again,50);
  };
  addEventListener('click',function(event){
    if(!event.isTrusted)return;
    var t=event.target,e=t&&t.closest?t.closest('button[type="button"]'):null;
    if(!e||isTaken(e)){kept=null;return}
    keep(e);
  },true);
  addEventListener('keydown',function(event){
    if(!event.isTrusted||event.defaultPrevented||event.altKey||event.shiftKey||!(event.ctrlKey||event.metaKey))return;
    if(!/^[a-z]$/i.test(event.key))return;
    var e=document.querySelector('button[aria-keyshortcuts~="Control+'+event.key.toUpperCase()+'"]');
    if(!e)return;
    event.preventDefault();
    keep(e);
  });
})()`;

/** Stands in the head, before anything that can be pressed. */
export function EarlyClicks({ nonce }: { nonce: string | undefined }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {script}
    </script>
  );
}
